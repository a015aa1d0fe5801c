internal import Arguments

extension Subcommand {
    static let completions: Subcommand = Subcommand(
        "completions", summary: "Prints a script that makes a shell complete commands, options and values.",
        details: """
            For this shell, and in its start-up file for every other one:
              bash   source <(farthing completions bash)       in ~/.bashrc
              zsh    source <(farthing completions zsh)        in ~/.zshrc, after compinit
              fish   farthing completions fish | source        in ~/.config/fish/config.fish
            """,
        operand: Operand("SHELL", "bash, zsh or fish.", choices: Shell.allCases.map(\.rawValue))
    ) { (invocation) throws(CommandFailure) in
        let word = invocation.operands.first ?? ""
        guard let shell = Shell(rawValue: word) else {
            throw .usage("completions are for bash, zsh and fish, not for '\(word)'")
        }
        print(Program.farthing.completions(for: shell))
    }
}
