extension Program {
    /// Completion for fish 3 and later (complete(1)).
    var fishCompletions: String {
        var lines = [
            "# Completion for fish. Load it by: \(name) completions fish | source",
            "function __\(name)_is",
            "    set -l words (commandline -opc)",
            "    test (count $words) -ge 2; and test $words[2] = $argv[1]",
            "end",
            "function __\(name)_after",
            "    set -l options (commandline -opc | string match -- '--*')",
            "    test \"$options[-1]\" = $argv[1]",
            "end",
            "complete -c \(name) -f",
        ]
        for command in completed {
            let condition = "-n '__\(name)_is \(command.name)'"
            lines.append("complete -c \(name) -n __fish_use_subcommand -a \(command.name) -d \(fish(command.summary))")
            for option in command.options {
                let value = option.offer.map { " -r\(fish($0))" } ?? ""
                lines.append("complete -c \(name) \(condition) -l \(option.name)\(value) -d \(fish(option.help))")
                guard option.takesMany, let offer = option.offer else { continue }
                lines.append(
                    "complete -c \(name) -n '__\(name)_is \(command.name); and __\(name)_after --\(option.name)'"
                        + fish(offer))
            }
            guard let operand = command.operand else { continue }
            lines.append("complete -c \(name) \(condition)\(fish(operand.offer))")
        }
        return lines.joined(separator: "\n")
    }

    private func fish(_ offer: Offer) -> String {
        switch offer {
        case .words(let words): " -f -a '\(words.joined(separator: " "))'"
        case .files: " -F"
        case .folders: " -f -a '(__fish_complete_directories)'"
        case .nothing: " -f"
        }
    }

    private func fish(_ text: String) -> String { "'\(text.escaping("\\'"))'" }
}
