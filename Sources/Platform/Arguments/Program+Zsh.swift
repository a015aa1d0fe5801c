extension Program {
    /// Completion for zsh (zshcompsys(1), "_arguments").
    var zshCompletions: String {
        let list = completed.map { "'\(zsh($0.name)):\(zsh($0.summary))'" }
        let cases = completed.map { command in
            let specs =
                command.options.map(zsh) + (command.operand.map { ["'*\(zsh($0.offer, for: $0.placeholder))'"] } ?? [])
            return "\(command.name)) _arguments \(specs.joined(separator: " \\\n            ")) ;;"
        }
        return """
            #compdef \(name)
            # Completion for zsh. Load it by: source <(\(name) completions zsh)
            _\(name)() {
                local -a commands=(
                    \(list.joined(separator: "\n        "))
                )
                if ((CURRENT == 2)); then
                    _describe command commands
                    return
                fi
                local command=$words[2]
                shift words
                ((CURRENT--))
                case $command in
                    \(cases.joined(separator: "\n        "))
                esac
            }
            if [[ $funcstack[1] == _\(name) ]]; then _\(name) "$@"; else compdef _\(name) \(name); fi
            """
    }

    private func zsh(_ option: Option) -> String {
        let text = zsh(option.help)
        switch option.arity {
        case .flag: return "'--\(option.name)[\(text)]'"
        case .value(let placeholder): return "'--\(option.name)=[\(text)]\(zsh(option.offer, for: placeholder))'"
        case .values(let placeholder):
            return "'*--\(option.name)[\(text)]:*--*\(zsh(option.offer, for: placeholder))'"
        }
    }

    /// `:message:action`, the tail of a specification.
    private func zsh(_ offer: Offer?, for placeholder: String) -> String {
        let action =
            switch offer {
            case .words(let words): "(\(words.joined(separator: " ")))"
            case .files: "_files"
            case .folders: "_files -/"
            case .nothing, nil: ""
            }
        return ":\(zsh(placeholder)):\(action)"
    }

    /// A text inside single quotes and the brackets of a specification.
    private func zsh(_ text: String) -> String {
        text.escaping("\\[]:").replacing("'", with: "'\\''")
    }
}
