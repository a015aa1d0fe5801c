import Checks
import Dialogue
import Testing

private let schema = """
    {"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"}, "ages": {"type": "array", "items": {"type": "integer", "minimum": 0}}}}
    """

private func findings(_ text: String, _ format: OutputFormat) -> Findings {
    var prompt = Prompt(model: "auto", messages: [Message(role: .user, text: "Give me Ann, who is 31.")])
    prompt.outputFormat = format
    return findings(on: Answer(to: prompt, taskClass: .extraction, text: text))
}

struct SchemaCheckTests {
    @Test(
        arguments: [
            (#"{"name": "Ann", "ages": [31]}"#, nil), (#" {"name": "Ann"}\n"#, nil),
            (#"{"ages": [31]}"#, "the answer lacks `name`"),
            (#"{"name": "Ann", "ages": [31, "x"]}"#, "`/ages/1` is text, not of type integer"),
            (#"{"name": "Ann", "ages": [-1]}"#, "`/ages/0` is too small"), (#"{"name": "Ann""#, "it is not JSON"),
            ("Here you are: {}", "it is not JSON"),
            ("```json\n{\"name\": \"Ann\"}\n```", "it is JSON in a code fence at best, where JSON was demanded"),
        ])
    func `an answer is held to the schema that was asked for`(_ text: String, _ reason: String?) {
        let found = findings(
            text.replacing("\\n", with: "\n"), .schema(name: "answer", schema: Array(schema.utf8), strict: false))
        let faults = found.evidence.filter { $0.check == "structure.schema" && $0.verdict == .fails }
        #expect(faults.first?.reason == reason)
        let p = RightnessModel.shipped.probability(found)
        #expect(reason == nil ? p > 0.4 : p < 0.1)
    }

    @Test func `any object will do where only JSON was asked for`() {
        #expect(findings(#"{"a": 1}"#, .json).verdict("structure.schema") == nil)
        #expect(findings("[1]", .json).verdict("structure.schema") == .fails)
        #expect(findings("one", .json).verdict("structure.schema") == .fails)
    }

    @Test func `a schema that cannot be read tells nothing of the answer`() {
        let format = OutputFormat.schema(name: "a", schema: Array(#"{"type": "dict"}"#.utf8), strict: false)
        #expect(findings("{}", format).verdict("structure.schema") == nil)
    }

    @Test func `arguments are held to their schema however deep`() {
        var prompt = Prompt(model: "auto", messages: [Message(role: .user, text: "Greet Ann of age 31")])
        prompt.tools = [ToolDefinition(name: "greet", parameters: Array(schema.utf8))]
        func verdict(_ arguments: String) -> Verdict? {
            let call = ToolCall(id: "1", name: "greet", arguments: arguments)
            return findings(on: Answer(to: prompt, taskClass: .agentic, text: "", toolCalls: [call])).verdict(
                "structure.arguments")
        }
        #expect(verdict(#"{"name": "Ann", "ages": [31]}"#) == nil)
        #expect(verdict(#"{"name": "Ann", "ages": [31.5]}"#) == .fails)
    }

    @Test(arguments: [
        String(repeating: "[", count: 500_000), String(repeating: "{\"a\":", count: 100_000),
        "[" + String(repeating: "[],", count: 200_000) + "[]]", String(repeating: " ", count: 3_000_000),
    ])
    func `hostile JSON comes to an end`(_ text: String) {
        let format = OutputFormat.schema(name: "a", schema: Array(##"{"items": {"$ref": "#"}}"##.utf8), strict: false)
        #expect(findings(text, format).verdict("structure.schema") != .passes)
    }
}
