extension Program {
    /// The list of commands.
    package var help: String {
        let rows = commands.map { ($0.name, $0.summary) } + [("help", "Shows this list, or the help of a command.")]
        return """
            \(summary)

            Usage: \(name) COMMAND [OPTIONS]

            \(Self.columns(rows))

            '\(name) COMMAND --help' explains a command.
            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong configuration.
            """
    }

    /// One command's usage, options and details.
    package func help(for command: Subcommand) -> String {
        var paragraphs = [command.summary, "Usage: \(usage(of: command))"]
        if let operand = command.operand { paragraphs.append(Self.columns([(operand.placeholder, operand.help)])) }
        let options = command.options + [.flag("help", "Shows this text.")]
        paragraphs.append(
            Self.columns(
                options.map { option in
                    (option.spelling, option.help + (option.environment.map { " [environment: \($0)]" } ?? ""))
                }))
        if !command.details.isEmpty { paragraphs.append(command.details) }
        return paragraphs.joined(separator: "\n\n")
    }

    /// One line: `farthing explain [OPTIONS] PROMPT`.
    func usage(of command: Subcommand) -> String {
        ([name, command.name] + (command.options.isEmpty ? [] : ["[OPTIONS]"])
            + [command.operand?.spelling].compactMap(\.self))
            .joined(separator: " ")
    }

    private static func columns(_ rows: [(left: String, right: String)]) -> String {
        let width = rows.reduce(0) { max($0, $1.left.count) } + 2
        return rows.map { row in
            "  \(row.left)\(String(repeating: " ", count: width - row.left.count))\(row.right)"
        }.joined(separator: "\n")
    }
}
