internal import Settings

/// A program of several commands: resolves an argument list to what is to be done.
package struct Program: Sendable {
    package let name: String
    package let summary: String
    package let version: String
    package let commands: [Subcommand]

    package init(name: String, summary: String, version: String, commands: [Subcommand]) {
        self.name = name
        self.summary = summary
        self.version = version
        self.commands = commands
    }

    /// What an argument list asks for.
    package enum Request: Sendable {
        case run(Subcommand, Invocation)
        /// A text for standard output.
        case print(String)
    }

    /// Reads an argument list, without the program's own name.
    ///
    /// - Throws: a usage error that says what was probably meant.
    package func resolve(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws(CommandFailure) -> Request {
        guard let first = arguments.first else { throw .usage("a command is missing; '\(name) help' lists them") }
        let rest = Array(arguments.dropFirst())
        switch first {
        case "help", "--help", "-h":
            guard let topic = rest.first else { return .print(help) }
            return .print(help(for: try command(named: topic)))
        case "--version": return .print("\(name) \(version)")
        case let option where option.hasPrefix("-"):
            throw .usage("options follow a command, as in '\(name) serve \(option)'; '\(name) help' lists the commands")
        default:
            let command = try command(named: first)
            if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
                return .print(help(for: command))
            }
            return .run(command, try parse(rest, for: command, environment: environment))
        }
    }

    private func command(named word: String) throws(CommandFailure) -> Subcommand {
        if let command = commands.first(where: { $0.name == word }) { return command }
        let remedy = Suggestion.nearest(to: word, among: commands.map(\.name)).map { "did you mean '\($0)'?" }
        throw .usage("there is no command '\(word)'; \(remedy ?? "'\(name) help' lists them")")
    }

    private func parse(
        _ arguments: [String], for command: Subcommand, environment: [String: String]
    ) throws(CommandFailure) -> Invocation {
        var given: [String: [String]] = [:]
        var operands: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word != "--" else {
                operands += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let option = try option(spelt: String(parts[0]), of: command)
            let value = parts.count > 1 ? String(parts[1]) : nil
            given[option.name, default: []] += try values(of: option, attached: value, from: &rest)
        }
        try check(operands, for: command)
        return Invocation(operands: operands, given: given, environment: environment)
    }

    private func option(spelt word: String, of command: Subcommand) throws(CommandFailure) -> Option {
        if let option = command.options.first(where: { "--\($0.name)" == word }) { return option }
        let names = command.options.map { "--\($0.name)" } + ["--help"]
        let remedy = Suggestion.nearest(to: word, among: names).map { "did you mean '\($0)'?" }
        throw .usage(
            "'\(name) \(command.name)' has no option '\(word)'; "
                + (remedy ?? "'\(name) \(command.name) --help' lists them"))
    }

    private func values(
        of option: Option, attached: String?, from rest: inout ArraySlice<String>
    ) throws(CommandFailure) -> [String] {
        switch option.arity {
        case .flag:
            guard attached == nil else { throw .usage("--\(option.name) takes no value") }
            return []
        case .value:
            if let attached { return [attached] }
            guard let next = rest.first, !next.hasPrefix("--") else {
                throw .usage("--\(option.name) needs a value: \(option.spelling)")
            }
            return [rest.removeFirst()]
        case .values:
            var values = attached.map { [$0] } ?? []
            while let next = rest.first, !next.hasPrefix("--") {
                values.append(next)
                rest.removeFirst()
            }
            guard !values.isEmpty else { throw .usage("--\(option.name) needs a value: \(option.spelling)") }
            return values
        }
    }

    private func check(_ operands: [String], for command: Subcommand) throws(CommandFailure) {
        guard let operand = command.operand else {
            guard let first = operands.first else { return }
            let remedy =
                Suggestion.nearest(to: "--\(first)", among: command.options.map { "--\($0.name)" })
                .map { "did you mean '\($0)'?" }
            throw .usage(
                "'\(name) \(command.name)' does not take '\(first)'; "
                    + (remedy ?? "see '\(name) \(command.name) --help'"))
        }
        guard operands.count >= operand.count.lowerBound else {
            throw .usage("\(operand.placeholder) is missing: \(usage(of: command))")
        }
        guard operands.count <= operand.count.upperBound else {
            throw .usage("too many arguments; a \(operand.placeholder) with spaces needs quotes: \(usage(of: command))")
        }
    }
}
