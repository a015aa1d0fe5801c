internal import Glibc

extension Program {
    /// Does what the arguments ask for and returns the exit code; mistakes go to standard error, one line each.
    package func main(_ arguments: [String], environment: [String: String]) async -> Int32 {
        do throws(CommandFailure) {
            switch try resolve(arguments, environment: environment) {
            case .print(let text): print(text)
            case .run(let command, let invocation): try await command.run(invocation)
            }
            return 0
        } catch {
            for line in error.lines { StandardError.write(line) }
            return error.exitCode
        }
    }
}

/// The process's standard error stream.
package enum StandardError {
    /// Writes a line at once, past any buffer.
    package static func write(_ line: String) { writeLine(line, to: STDERR_FILENO) }
}

/// The process's standard output stream.
package enum StandardOutput {
    /// Writes a line at once, past any buffer: for what a reader of a pipe waits for.
    package static func write(_ line: String) { writeLine(line, to: STDOUT_FILENO) }
}

private func writeLine(_ line: String, to descriptor: Int32) {
    var rest = Array("\(line)\n".utf8)[...]
    while !rest.isEmpty {
        let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
    }
}
