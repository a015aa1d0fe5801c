internal import Glibc

/// How urgent a log line is.
package enum LogLevel: Int, Comparable, Sendable {
    case debug, info, warning, error

    /// The name in settings and in log lines.
    package var name: String { "\(self)" }

    /// The level of that name, or nil.
    package init?(name: String) {
        let levels: [LogLevel] = [.debug, .info, .warning, .error]
        guard let level = levels.first(where: { $0.name == name }) else { return nil }
        self = level
    }

    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

/// How a log line is written.
package enum LogFormat: String, Sendable {
    /// `key=value` pairs (logfmt), for people.
    case text
    /// One JSON object a line, for machines.
    case json
}

/// Writes structured log lines, each with one `write`, so that lines of several threads never mix.
///
/// What happened and the names of fields are literals: text from outside can only be a field's value, where control
/// characters are escaped.
package struct Log: Sendable {
    private let level: LogLevel
    private let format: LogFormat
    private let descriptor: Int32
    private let now: @Sendable () -> LogTime

    /// Creates a log that leaves out lines below `level`; `descriptor` (standard error by default) stays open.
    package init(
        level: LogLevel = .info, format: LogFormat = .text, descriptor: Int32 = 2,
        now: @escaping @Sendable () -> LogTime = { .now }
    ) {
        self.level = level
        self.format = format
        self.descriptor = descriptor
        self.now = now
    }

    /// Writes what only developers want to know.
    package func debug(_ event: StaticString, _ fields: KeyValuePairs<StaticString, LogValue> = [:]) {
        write(.debug, event, fields)
    }

    /// Writes what operators want to know.
    package func info(_ event: StaticString, _ fields: KeyValuePairs<StaticString, LogValue> = [:]) {
        write(.info, event, fields)
    }

    /// Writes what operators should look at.
    package func warning(_ event: StaticString, _ fields: KeyValuePairs<StaticString, LogValue> = [:]) {
        write(.warning, event, fields)
    }

    /// Writes what operators must look at.
    package func error(_ event: StaticString, _ fields: KeyValuePairs<StaticString, LogValue> = [:]) {
        write(.error, event, fields)
    }

    private func write(_ level: LogLevel, _ event: StaticString, _ fields: KeyValuePairs<StaticString, LogValue>) {
        guard level >= self.level else { return }
        var line = LogLine(format: format)
        line.add("time", .text(now().text))
        line.add("level", .text(level.name))
        line.add("event", .text(event.description))
        for (key, value) in fields { line.add(key, value) }
        line.end()
        unsafe line.bytes.withUnsafeBytes { bytes in
            _ = unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        }
    }
}
