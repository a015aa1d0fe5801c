internal import Settings

/// What the user asked of a command.
///
/// An option that was not given falls back to its environment variable.
package struct Invocation: Sendable {
    package let operands: [String]
    /// The environment the program was started in.
    package let environment: [String: String]
    private let given: [String: [String]]

    package init(operands: [String] = [], given: [String: [String]] = [:], environment: [String: String] = [:]) {
        self.operands = operands
        self.given = given
        self.environment = environment
    }

    /// The option's value: the last one given, else the environment's if it is not empty, else nil.
    package subscript(_ option: Option) -> String? {
        if let value = given[option.name]?.last { return value }
        guard let variable = option.environment, let value = environment[variable], !value.isEmpty else { return nil }
        return value
    }

    /// Whether the option was given.
    package func has(_ option: Option) -> Bool { given[option.name] != nil }

    /// Every value of the option, in order.
    package func all(_ option: Option) -> [String] { given[option.name] ?? [] }

    /// The option's value as an integer within bounds.
    ///
    /// - Throws: a usage error that names the bounds.
    package func integer(
        _ option: Option, in bounds: ClosedRange<Int> = 0...Int.max
    ) throws(CommandFailure) -> Int? {
        guard let text = self[option] else { return nil }
        guard let number = Int(text), bounds.contains(number) else {
            let upper = bounds.upperBound == .max ? "or more" : "to \(bounds.upperBound)"
            throw .usage("--\(option.name) takes an integer, \(bounds.lowerBound) \(upper), not '\(text)'")
        }
        return number
    }

    /// The option's value as a time: `500ms`, `30s`, `5m` or `1h`.
    ///
    /// - Throws: a usage error that names the bounds.
    package func duration(
        _ option: Option, in bounds: ClosedRange<Duration>
    ) throws(CommandFailure) -> Duration? {
        guard let text = self[option] else { return nil }
        guard let duration = Setting.duration(text), bounds.contains(duration) else {
            throw .usage(
                "--\(option.name) takes a time such as 30ms or 2s, from \(bounds.lowerBound) to \(bounds.upperBound), "
                    + "not '\(text)'")
        }
        return duration
    }
}
