import Dialogue
import JSON
import Recordings
import Testing

struct RecordedRequestTests {
    @Test(arguments: [
        (
            #"{"name": "geo.area", "description": "Of a plot", "parameters": {"type": "dict", "properties": {"base": {"type": "float"}, "type": {"type": "any", "default": 1.50}}}}"#,
            "geo_area",
            #"{"type":"object","properties":{"base":{"type":"number"},"type":{"default":1.50}}}"#
        ),
        (
            #"{"function": {"name": "t", "input_schema": {"type": "object", "items": [{"type": "tuple"}, "caf\u00e9", null, true]}}}"#,
            "t", #"{"type":"object","items":[{"type":"array"},"café",null,true]}"#
        ),
        (#"{"name": "a b"}"#, "a_b", "{}"),
    ])
    func `tools are read as clients have to send them`(tool: String, name: String, parameters: String) throws {
        let read = try #require(RecordedRequest.prompt("x", tools: JSONDocument.parse(tool).root).tools.first)
        #expect(read.name == name)
        #expect(String(decoding: read.parameters, as: UTF8.self) == parameters)
    }

    @Test(arguments: [
        (#""Four.""#, "Four.", []), (#"[]"#, "", []),
        (
            #"["I call: ", {"geo.area": "{\"base\": 10}"}, {"name": "t", "arguments": {"x": 1}}]"#, "I call: ",
            [#"geo_area {"base": 10}"#, #"t {"x": 1}"#]
        ),
        (#"[{"function": {"name": "t"}}]"#, "", ["t {}"]), ("null", "", []),
        (#"[{"type": "function", "function": {"name": "t", "arguments": "{\"x\": 1}"}}]"#, "", [#"t {"x": 1}"#]),
        (
            #"[{"type": "text", "text": "So: "}, {"type": "tool_use", "id": "1", "name": "t", "input": {"x": 1}}]"#,
            "So: ",
            [#"t {"x": 1}"#]
        ),
        (#"{"name": "t", "parameters": {"x": 1}}"#, "", [#"t {"x": 1}"#]),
        (#"[{"functionCall": {"name": "t", "args": {"x": 1}}}]"#, "", [#"t {"x": 1}"#]),
        (#"{"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "t"}}]}"#, "", ["t {}"]),
        (#"{"role": "assistant", "content": [{"type": "text", "text": "Four."}]}"#, "Four.", []),
    ])
    func `answers are texts and calls, under names that providers write`(
        response: String, text: String, calls: [String]
    ) throws {
        let answer = try #require(RecordedAnswer(JSONDocument.parse(response).root))
        #expect(answer.text == text)
        #expect(answer.toolCalls.map { "\($0.name) \($0.arguments)" } == calls)
    }

    @Test(arguments: ["7", "true", "[7]", "[[]]", #"{"a": 1}"#, #"{"role": "assistant", "content": 7}"#])
    func `anything else is no answer`(response: String) throws {
        #expect(try RecordedAnswer(JSONDocument.parse(response).root) == nil)
    }

    @Test(
        arguments: [
            (#"{"prompt": "Hi"}"#, ["user Hi"]), (#"{"messages": [{"role": "user", "content": "Hi"}]}"#, ["user Hi"]),
            (
                #"{"prompt": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}]}"#,
                ["user Hi", "assistant Yes?"]
            ),
            (
                #"{"messages": [{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "4"}]}]}"#,
                ["user "]
            ),
            (#"{"messages": []}"#, nil), (#"{"prompt": 7}"#, nil), ("{}", nil),
        ] as [(String, [String]?)])
    func `a prompt is a text or a conversation of either format`(row: String, turns: [String]?) throws {
        let prompt = try RecordedRequest.prompt(of: JSONDocument.parse(row).root)
        #expect(prompt?.messages.map { "\($0.role.rawValue) \($0.text)" } == turns)
    }

    @Test func `tools may be JSON in a text`() throws {
        let row = try JSONDocument.parse(#"{"prompt": "x", "tools": "[{\"name\": \"a\"}, {\"name\": \"b\"}]"}"#).root
        #expect(RecordedRequest.prompt(of: row)?.tools.map(\.name) == ["a", "b"])
    }
}
