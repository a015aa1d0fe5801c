extension Program {
    /// Completion for bash 4 and later (bash(1), "Programmable Completion").
    var bashCompletions: String {
        let values = completed.flatMap { command in
            command.options.compactMap { option in
                option.offer.map { offer in
                    "'\(command.name) --\(option.name) '\(option.takesMany ? "*" : "1")) \(bash(offer)); return ;;"
                }
            }
        }
        let rest = completed.map { command in
            "\(command.name)) \(bash(command.operand?.offer ?? .nothing, options: command.options)) ;;"
        }
        return """
            # Completion for bash. Load it by: source <(\(name) completions bash)
            _\(name)_offer() { mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen "$@" -- "$word"); }
            _\(name)_paths() { compopt -o filenames 2>/dev/null; _\(name)_offer "$@"; }
            _\(name)() {
                local word=${COMP_WORDS[COMP_CWORD]} index=$COMP_CWORD option= distance=0
                COMPREPLY=()
                if ((COMP_CWORD == 1)); then
                    _\(name)_offer -W '\(completed.map(\.name).joined(separator: " "))'
                    return
                fi
                # The line editor takes --option=value apart at the equals sign.
                if [[ $word == = ]]; then word=; fi
                while ((--index > 1)); do
                    if [[ ${COMP_WORDS[index]} == = ]]; then continue; fi
                    ((++distance))
                    if [[ ${COMP_WORDS[index]} == --* ]]; then option=${COMP_WORDS[index]}; break; fi
                done
                if [[ $word != -* ]]; then
                    case "${COMP_WORDS[1]} $option $distance" in
                        \(values.joined(separator: "\n            "))
                    esac
                fi
                case ${COMP_WORDS[1]} in
                    \(rest.joined(separator: "\n        "))
                esac
            }
            complete -F _\(name) \(name)
            """
    }

    private func bash(_ offer: Offer, options: [Option] = []) -> String {
        let names = options.map { "--\($0.name)" }
        switch offer {
        case .words(let words): return offering(words + names)
        case .files: return names.isEmpty ? "_\(name)_paths -f" : "\(offering(names)); _\(name)_paths -f"
        case .folders: return names.isEmpty ? "_\(name)_paths -d" : "\(offering(names)); _\(name)_paths -d"
        case .nothing: return names.isEmpty ? ":" : offering(names)
        }
    }

    private func offering(_ words: [String]) -> String { "_\(name)_offer -W '\(words.joined(separator: " "))'" }
}
