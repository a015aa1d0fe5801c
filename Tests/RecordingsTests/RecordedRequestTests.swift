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
        (#"[{"function": {"name": "t"}}]"#, "", ["t {}"]),
    ])
    func `answers are texts and calls, under names that providers write`(
        response: String, text: String, calls: [String]
    ) throws {
        let answer = try #require(RecordedAnswer(JSONDocument.parse(response).root))
        #expect(answer.text == text)
        #expect(answer.toolCalls.map { "\($0.name) \($0.arguments)" } == calls)
    }
}
