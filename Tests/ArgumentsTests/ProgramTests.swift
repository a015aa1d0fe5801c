import Arguments
import Testing

private let config = Option.value("config", "FILE", "The file.", environment: "TOOL_CONFIG")
private let json = Option.flag("json", "Prints JSON.")
private let inputs = Option.values("inputs", "FILE", "What to read.")
private let limit = Option.value("limit", "N", "How many.")

private let tool = Program(
    name: "tool", summary: "A tool.", version: "1.2.3",
    commands: [
        Subcommand("check", summary: "Checks.", options: [config, json, inputs, limit]) { _ in },
        Subcommand("say", summary: "Says it.", operand: Operand("TEXT", "What to say.")) { _ in },
    ])

private func invocation(
    _ arguments: [String], environment: [String: String] = [:]
) throws -> Invocation {
    guard case .run(_, let invocation) = try tool.resolve(arguments, environment: environment) else {
        throw CommandFailure.failed("printed instead")
    }
    return invocation
}

private func printed(_ arguments: [String]) throws -> String? {
    guard case .print(let text) = try tool.resolve(arguments) else { return nil }
    return text
}

struct ProgramTests {
    @Test(arguments: [
        ["check", "--config", "a.yaml"], ["check", "--config=a.yaml"], ["check", "--config=b", "--config", "a.yaml"],
    ])
    func `reads a value in either spelling, the last one counting`(_ arguments: [String]) throws {
        #expect(try invocation(arguments)[config] == "a.yaml")
    }

    @Test func `prefers a flag to the environment and the environment to nothing`() throws {
        let environment = ["TOOL_CONFIG": "env.yaml"]
        #expect(try invocation(["check", "--config", "flag.yaml"], environment: environment)[config] == "flag.yaml")
        #expect(try invocation(["check"], environment: environment)[config] == "env.yaml")
        #expect(try invocation(["check"], environment: ["TOOL_CONFIG": ""])[config] == nil)
    }

    @Test func `takes many values up to the next option, and repeated`() throws {
        let invocation = try invocation(["check", "--inputs", "a", "b", "--json", "--inputs=c"])
        #expect(invocation.all(inputs) == ["a", "b", "c"])
        #expect(invocation.has(json))
    }

    @Test func `takes everything behind two dashes as operands`() throws {
        #expect(try invocation(["say", "--", "--help"]).operands == ["--help"])
    }

    @Test(arguments: [
        (["chekc"], "there is no command 'chekc'; did you mean 'check'?"),
        (["nonsense"], "there is no command 'nonsense'; 'tool help' lists them"),
        ([], "a command is missing; 'tool help' lists them"),
        (["check", "--confg=x"], "'tool check' has no option '--confg'; did you mean '--config'?"),
        (["check", "--config"], "--config needs a value: --config FILE"),
        (["check", "--config", "--json"], "--config needs a value: --config FILE"),
        (["check", "--json=yes"], "--json takes no value"),
        (["check", "json"], "'tool check' does not take 'json'; did you mean '--json'?"),
        (["say"], "TEXT is missing: tool say TEXT"),
        (["say", "a", "b"], "too many arguments; a TEXT with spaces needs quotes: tool say TEXT"),
    ])
    func `refuses what it does not understand with a remedy`(_ arguments: [String], _ message: String) {
        #expect(throws: CommandFailure.usage(message)) { try tool.resolve(arguments) }
    }

    @Test func `refuses an integer out of bounds`() throws {
        let invocation = try invocation(["check", "--limit", "11"])
        #expect(try invocation.integer(limit) == 11)
        #expect(throws: CommandFailure.usage("--limit takes an integer, 1 to 10, not '11'")) {
            try invocation.integer(limit, in: 1...10)
        }
    }

    @Test(arguments: [["help", "check"], ["check", "--help"], ["check", "--json", "-h"]])
    func `explains a command from its declaration`(_ arguments: [String]) throws {
        let text = try #require(try printed(arguments))
        #expect(text.contains("Usage: tool check [OPTIONS]"))
        #expect(text.contains("--config FILE     The file. [environment: TOOL_CONFIG]"))
    }

    @Test func `lists its commands and tells its version`() throws {
        #expect(try printed(["--help"])?.contains("check  Checks.") == true)
        #expect(try printed(["--version"]) == "tool 1.2.3")
    }

    @Test(arguments: [
        (CommandFailure.failed("x"), Int32(1)), (.usage("x"), 2), (.configuration(["x"]), 3),
    ])
    func `gives each kind of failure its exit code`(_ failure: CommandFailure, _ code: Int32) async {
        let program = Program(
            name: "t", summary: "", version: "",
            commands: [Subcommand("fail", summary: "") { _ throws(CommandFailure) in throw failure }])
        #expect(await program.main(["fail"], environment: [:]) == code)
    }
}
