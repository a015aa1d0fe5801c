import Dialogue
import HTTPMessages
import JSON
import Testing
import WireFormats

struct ChoicesTests {
    private func events(_ chunks: [String]) throws -> [CompletionEvent] {
        var decoder = CompletionEventDecoder(.openai)
        return try chunks.flatMap { chunk in
            try decoder.decode(ServerSentEvent(data: Array(chunk.utf8)), parser: JSONParser())
        }
    }

    @Test func `tells the choices of a stream apart`() throws {
        let found = try events([
            #"{"id":"i","model":"m","choices":[{"index":1,"delta":{"role":"assistant","content":"B"}}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"A"}},{"index":1,"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"f","arguments":"{"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c0","function":{"name":"g"}}]}}]}"#,
            #"{"choices":[{"index":1,"delta":{},"finish_reason":"length"}],"usage":{"prompt_tokens":1}}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        ])
        #expect(
            found == [
                .start(id: "i", model: "m"), .alternative(1, .text("B")), .text("A"),
                .alternative(1, .toolCallStart(index: 0, id: "c1", name: "f")),
                .alternative(1, .toolCallArguments(index: 0, "{")), .toolCallStart(index: 0, id: "c0", name: "g"),
                .alternative(1, .finish(.length, stopSequence: nil)), .usage(TokenUsage(input: 1)),
                .finish(.stop, stopSequence: nil),
            ])
    }

    @Test func `reads all choices of a whole answer`() throws {
        let answer = """
            {"choices":[{"message":{"content":"A"},"finish_reason":"stop"},
            {"message":{"content":"B","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]}},{"index":2}]}
            """
        let completion = try WireFormat.openai.decodeCompletion(Array(answer.utf8), parser: JSONParser())
        #expect(completion.content == [.text("A")])
        #expect(
            completion.alternatives == [
                [.text("B"), .toolCall(ToolCall(id: "c", name: "f", arguments: "{}"))], [],
            ])
    }

    @Test(arguments: [
        ("", 1), (#","n":3"#, 3), (#","n":null"#, 1), (#","n":0"#, 1), (#","n":-5"#, 1), (#","n":"two""#, 1),
        (#","n":1000000"#, 128),
    ])
    func `knows how many are asked for`(_ field: String, _ choices: Int) throws {
        let body = #"{"model":"m","messages":[{"role":"user","content":"hi"}]\#(field)}"#
        let request = try WireFormat.openai.decodeRequest(Array(body.utf8), parser: JSONParser())
        #expect(request.prompt.choices == choices)
    }
}
