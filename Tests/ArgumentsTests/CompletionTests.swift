import Arguments
import Foundation
import Testing

private let tool = Program(
    name: "tool", summary: "A tool.", version: "1",
    commands: [
        Subcommand(
            "check", summary: "Checks: what's [there].",
            options: [
                .value("config", "FILE", "The file: 'its' name."), .value("data", "DIR", "The folder."),
                .value("by", "GROUP", "The order.", choices: ["day", "model", "month"]), .flag("json", "Prints JSON."),
                .value("limit", "N", "How many."), .values("inputs", "FILE", "What to read."),
            ]
        ) { _ in },
        Subcommand("say", summary: "Says it.", operand: Operand("TEXT", "What to say.")) { _ in },
        Subcommand("paint", summary: "Paints.", operand: Operand("HUE", "Which.", choices: ["red", "rose"])) { _ in },
        Subcommand("read", summary: "Reads.", operand: Operand("FILE", "Which.")) { _ in },
    ])

/// Where a shell is installed; nil elsewhere.
private func path(of shell: Shell) -> String? {
    ["/bin/", "/usr/bin/"].map { $0 + shell.rawValue }.first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// What a shell prints when it runs a script, in a folder with a file `notes one.txt` and a folder `news`.
private func output(of shell: Shell, _ script: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "completions-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder.appending(path: "news"), withIntermediateDirectories: true)
    try Data().write(to: folder.appending(path: "notes one.txt"))
    let file = folder.appending(path: ".completions")
    try Data(tool.completions(for: shell).utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: try #require(path(of: shell)))
    process.arguments = ["-c", script, "shell", file.path]
    process.currentDirectoryURL = folder
    process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").map(String.init).sorted()
}

private let cases: [(typed: [String], offered: [String])] = [
    ([""], ["check", "help", "paint", "read", "say"]), (["c"], ["check"]), (["x"], []),
    (["check", "--j"], ["--json"]), (["say", "--"], ["--help"]), (["say", "so"], []),
    (["check", "--by", ""], ["day", "model", "month"]), (["check", "--by", "mo"], ["model", "month"]),
    (["check", "--json", "--by", "d"], ["day"]), (["check", "--limit", ""], []),
    (["check", "--config", "n"], ["news", "notes one.txt"]), (["check", "--data", "n"], ["news"]),
    (["check", "--inputs", "a", "b", "no"], ["notes one.txt"]), (["check", "--inputs", "a", "--j"], ["--json"]),
    (["paint", "r"], ["red", "rose"]), (["paint", "--"], ["--help"]), (["read", "no"], ["notes one.txt"]),
    (["help", "pa"], ["paint"]),
]

struct CompletionTests {
    @Test(
        .enabled(if: path(of: .bash) != nil, "bash is not installed"),
        arguments: cases + [(["check", "--by", "=", "mo"], ["model", "month"])])
    func `completes in bash`(_ typed: [String], _ offered: [String]) throws {
        let words = typed.map { "'\($0)'" }.joined(separator: " ")
        let script = """
            source "$1"
            COMP_WORDS=(tool \(words)) COMP_CWORD=\(typed.count)
            [[ $(complete -p tool) == 'complete -F _tool tool' ]] && _tool
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        #expect(try output(of: .bash, script) == offered)
    }

    @Test(.enabled(if: path(of: .fish) != nil, "fish is not installed"), arguments: cases)
    func `completes in fish`(_ typed: [String], _ offered: [String]) throws {
        let line = (["tool"] + typed).joined(separator: " ")
        let found = try output(of: .fish, "source $argv[2]; complete -C '\(line)'")
            .map { $0.prefix { $0 != "\t" }.replacing("\\ ", with: " ") }
            .map { $0.hasSuffix("/") ? String($0.dropLast()) : String($0) }
        #expect(found == offered)
    }

    @Test(.enabled(if: path(of: .zsh) != nil, "zsh is not installed"))
    func `defines a completion in zsh`() throws {
        let script = "autoload -U compinit; compinit -D; source $1; print $_comps[tool]; whence -w _tool"
        #expect(try output(of: .zsh, script) == ["_tool", "_tool: function"])
    }
}
