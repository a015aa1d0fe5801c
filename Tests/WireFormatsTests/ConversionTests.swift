import Dialogue
import HTTPMessages
import JSON
import Testing
import WireFormats

struct ConversionTests {
    private func decode(_ format: WireFormat, _ text: String) throws -> DecodedRequest {
        try format.decodeRequest(Array(text.utf8), parser: JSONParser())
    }

    private func chat(_ fields: String) -> String {
        #"{"model":"m","messages":[{"role":"user","content":"hi"}]\#(fields.isEmpty ? "" : ",")\#(fields)}"#
    }

    @Test(arguments: [
        (#""temperature":1.5"#, "temperature"), (#""n":2"#, "n"), (#""logit_bias":{"1":2}"#, "logit_bias"),
        (#""seed":1"#, "seed"), (#""response_format":{"type":"json_object"}"#, "response_format"),
        (#""presence_penalty":0.5"#, "presence_penalty"), (#""logprobs":true"#, "logprobs"),
        (#""web_search_options":{}"#, "web_search_options"), (#""store":true"#, "store"),
        (#""functions":[{"name":"f"}]"#, "functions"), (#""audio":{"voice":"alloy"}"#, "audio"),
    ])
    func `names the field that Anthropic cannot carry`(_ field: String, _ path: String) throws {
        let prompt = try decode(.openai, chat(field)).prompt
        #expect(WireFormat.anthropic.obstacle(to: prompt, from: .openai)?.path == path)
        #expect(WireFormat.openai.obstacle(to: prompt, from: .openai) == nil)
        #expect(throws: APIFailure.self) { try WireFormat.anthropic.encodeRequest(prompt, from: .openai, model: "c") }
    }

    @Test(arguments: [
        "", #""presence_penalty":0,"frequency_penalty":0.0"#, #""n":1"#, #""logprobs":false,"store":false"#,
        #""seed":null"#, #""temperature":1"#,
    ])
    func `takes neutral values for nothing`(_ fields: String) throws {
        let prompt = try decode(.openai, chat(fields)).prompt
        #expect(WireFormat.anthropic.obstacle(to: prompt, from: .openai) == nil)
        #expect(WireFormat.anthropic.ignored(of: prompt, from: .openai) == [])
    }

    @Test func `names the hints it leaves out`() throws {
        let prompt = try decode(.openai, chat(#""prompt_cache_key":"k""#)).prompt
        #expect(WireFormat.anthropic.ignored(of: prompt, from: .openai) == ["prompt_cache_key"])
    }

    @Test(arguments: [
        ("{}", "model"), (#"{"model":"m"}"#, "messages"), (#"{"model":"m","messages":[]}"#, "messages"),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":"hot","max_tokens":1}"#,
            "temperature"
        ),
        (#"{"model":"m","messages":[{"role":"king","content":"x"}],"max_tokens":1}"#, "messages[0].role"),
        (#"{"model":"m","messages":[{"role":"user","content":7}],"max_tokens":1}"#, "messages[0].content"),
        (
            #"{"model":"m","messages":[{"role":"user","content":[{"type":"text"}]}],"max_tokens":1}"#,
            "messages[0].content[0].text"
        ),
    ])
    func `refuses bad input by the field's path`(_ body: String, _ path: String) {
        for format in WireFormat.allCases {
            let failure = #expect(throws: APIFailure.self) { try decode(format, body) }
            #expect(failure?.status == 400)
            #expect(failure?.parameter == path)
        }
    }

    @Test func `passes the client's bytes but for the model`() throws {
        let request = try decode(
            .openai, #"{ "model" : "auto", "x":[1.50], "messages":[{"role":"user","content":"h"}],"stream":true}"#)
        let body = String(decoding: WireFormat.openai.passThrough(request, model: "m"), as: UTF8.self)
        #expect(
            body == #"{ "model" : "m", "x":[1.50], "messages":[{"role":"user","content":"h"}],"stream":true,"#
                + #""stream_options":{"include_usage":true}}"#)
    }

    @Test(arguments: [
        (401, #"{"error":{"message":"Incorrect API key provided: sk-123"}}"#, APIFailure.Kind.authentication),
        (429, #"{"error":{"code":"insufficient_quota","message":"no"}}"#, .quotaExceeded), (429, "", .rateLimited),
        (529, #"{"type":"error","error":{"type":"overloaded_error","message":"m"}}"#, .overloaded),
        (500, "<html>", .upstream), (400, "[1]", .invalidRequest), (200, "null", .upstream), (404, "7", .notFound),
    ])
    func `reads any error and never a key`(_ status: Int, _ body: String, _ kind: APIFailure.Kind) {
        for format in WireFormat.allCases {
            let failure = format.decodeFailure(
                status: status, fields: HTTPFields(["Retry-After": "2"]), body: Array(body.utf8), parser: JSONParser())
            #expect(failure.kind == kind)
            #expect(failure.retryAfter == 2)
            #expect(!failure.message.contains("sk-") && !failure.message.isEmpty)
        }
    }

    @Test(arguments: WireFormat.allCases)
    func `keeps an answer's meaning through either format`(_ format: WireFormat) throws {
        let reasons: [FinishReason] = [.stop, .length, .toolCalls]
        for (number, reason) in reasons.enumerated() {
            var content: [ContentPart] = [.text("a \"b\" \u{1F600}\n")]
            if reason == .toolCalls { content.append(.toolCall(ToolCall(id: "c", name: "f", arguments: #"{"x":1}"#))) }
            let usage = TokenUsage(input: number, cacheRead: 5, cacheWrite: 2, output: 9, reasoning: 3)
            let completion = Completion(id: "i", model: "m", content: content, finish: reason, usage: usage)
            let body = format.encodeCompletion(completion, created: 1)
            #expect(try format.decodeCompletion(body, parser: JSONParser()) == completion)
        }
    }

    @Test func `puts usage ahead of the end mark`() {
        for format in WireFormat.allCases {
            var encoder = CompletionEventEncoder(format, created: 1, includeUsage: true)
            let events: [CompletionEvent] = [
                .start(id: "i", model: "m"), .text("t"), .finish(.stop, stopSequence: nil),
                .usage(TokenUsage(output: 1)),
            ]
            for event in events { #expect(!encoder.encode(event).isEmpty) }
            let mark =
                format == .openai ? "data: [DONE]\n\n" : "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
            #expect(String(decoding: encoder.encode(.end), as: UTF8.self) == mark)
        }
    }
}
