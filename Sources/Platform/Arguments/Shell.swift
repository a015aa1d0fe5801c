/// A shell that completes what is typed.
package enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish
}

/// What a shell offers where a value is expected; it follows from how the value is declared.
enum Offer {
    case words([String])
    case files, folders
    case nothing

    init(placeholder: String, choices: [String]) {
        switch placeholder {
        case _ where !choices.isEmpty: self = .words(choices)
        case "FILE": self = .files
        case "DIR": self = .folders
        default: self = .nothing
        }
    }
}

extension Option {
    /// What to offer as its value; nil for a flag.
    var offer: Offer? {
        switch arity {
        case .flag: nil
        case .value(let placeholder), .values(let placeholder): Offer(placeholder: placeholder, choices: choices)
        }
    }

    /// Whether values go on up to the next option.
    var takesMany: Bool { if case .values = arity { true } else { false } }
}

extension Operand {
    var offer: Offer { Offer(placeholder: placeholder, choices: choices) }
}

extension Program {
    /// A script that makes a shell complete this program's commands, options and values.
    ///
    /// Words are taken from the declarations, so it is as new as the program that prints it.
    package func completions(for shell: Shell) -> String {
        switch shell {
        case .bash: bashCompletions
        case .zsh: zshCompletions
        case .fish: fishCompletions
        }
    }

    /// Every command with what completes it, the list of commands as `help`'s operand among them.
    var completed: [(name: String, summary: String, options: [Option], operand: Operand?)] {
        let help = Option.flag("help", "Shows this text.")
        return commands.map { ($0.name, $0.summary, $0.options + [help], $0.operand) }
            + [
                (
                    "help", "Shows the list of commands, or the help of one.", [],
                    Operand("COMMAND", "What to explain.", count: 0...1, choices: commands.map(\.name))
                )
            ]
    }
}

extension String {
    /// The text with a backslash before each of these characters.
    func escaping(_ special: String) -> String {
        reduce(into: "") { text, character in
            if special.contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
