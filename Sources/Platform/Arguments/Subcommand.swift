/// One command of a program: what it is called, what it takes, and what it does.
package struct Subcommand: Sendable {
    package let name: String
    /// One sentence for the list of commands.
    package let summary: String
    /// What a user should know beyond the summary; lines as they are to be printed.
    package let details: String
    package let options: [Option]
    package let operand: Operand?
    package let run: @Sendable (Invocation) async throws(CommandFailure) -> Void

    package init(
        _ name: String, summary: String, details: String = "", options: [Option] = [], operand: Operand? = nil,
        run: @escaping @Sendable (Invocation) async throws(CommandFailure) -> Void
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.options = options
        self.operand = operand
        self.run = run
    }
}

/// Why a command did not succeed; each case has an exit code of its own.
///
/// Texts are for the user: one line each, naming the remedy, without secrets.
package enum CommandFailure: Error, Hashable, Sendable {
    /// The work failed.
    case failed(String)
    /// The command was not understood.
    case usage(String)
    /// The configuration has mistakes: one line each.
    case configuration([String])

    /// 1 failed, 2 usage, 3 configuration.
    package var exitCode: Int32 {
        switch self {
        case .failed: 1
        case .usage: 2
        case .configuration: 3
        }
    }

    /// What goes to standard error.
    package var lines: [String] {
        switch self {
        case .failed(let line), .usage(let line): ["farthing: \(line)"]
        case .configuration(let lines): lines
        }
    }
}
