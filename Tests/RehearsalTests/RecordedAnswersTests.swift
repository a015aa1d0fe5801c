import Dialogue
import Glibc
import Recordings
import Rehearsal
import Testing

/// Rows written for these tests, in the layout of the recordings.
let recordedRows = #"""
    {"id":"a/1","prompt":"Two and two?","outcomes":{"plain":{"score":1,"response":"Four."},"free":{"response":"4"}}}
    {"id":"b/1","prompt":"Area?","tools":{"name":"geo.area","parameters":{"type":"dict"}},"outcomes":{"caller-FC":{"response":[{"geo.area":"{\"base\": 10}"},{"geo.area":"{\"base\": 11}"}],"input_tokens":40,"output_tokens":7},"plain":{"response":"[geo.area(base=10)]","input_tokens":30,"output_tokens":5}}}
    {"id":"b/2","prompt":"Area?","tools":[{"name":"other"},{"name":"geo.area"}],"outcomes":{"caller-FC":{"response":"Which one?","input_tokens":50,"output_tokens":3}}}
    """#
let recordedTokens = #"{"id":"a/1","prompt_tokens_cl100k":9,"response_tokens_cl100k":{"plain":2}}"#
let recordedPrices =
    #"{"plain":{"input_per_1m":0.15,"output_per_1m":0.6},"caller-FC":{"input_per_1m":2.5,"output_per_1m":10.0}}"#

/// A folder that lives as long as its body runs.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    var template = Array("/tmp/rehearsal-XXXXXX".utf8CString)
    let path = try template.withUnsafeMutableBufferPointer { space in
        String(cString: try #require(space.baseAddress.flatMap { mkdtemp($0) }))
    }
    defer { for name in ["rows", "tokens", "prices"] { unlink("\(path)/\(name)") }; rmdir(path) }
    return try await body(path)
}

func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
}

func recordings(models: [String]? = nil) async throws -> RecordedAnswers {
    try await withFolder { folder in
        try write(recordedRows, to: "\(folder)/rows")
        try write(recordedTokens, to: "\(folder)/tokens")
        try write(recordedPrices, to: "\(folder)/prices")
        return try RecordedAnswers(
            paths: ["\(folder)/rows"], tokens: ["\(folder)/tokens"], prices: "\(folder)/prices", models: models)
    }
}

@Suite struct RecordedAnswersTests {
    private func prompt(_ model: String, _ text: String, tools: [String] = []) -> Prompt {
        Prompt(
            model: model, messages: [Message(role: .system, text: "Be brief."), Message(role: .user, text: text)],
            tools: tools.map { ToolDefinition(name: $0, parameters: Array("{}".utf8)) })
    }

    @Test func `leaves out models without a price or not asked for`() async throws {
        #expect(try await recordings().models.map(\.name.text) == ["caller-FC", "plain"])
        #expect(try await recordings(models: ["plain"]).models.map(\.name.text) == ["plain"])
        await #expect(throws: RecordingsError.noModels) { try await recordings(models: ["free"]) }
    }

    @Test func `answers with recorded text and counted tokens`() async throws {
        let completion = try await recordings().answer(prompt("plain", "Two and two?"))
        #expect(completion.text == "Four." && completion.finish == .stop)
        #expect(completion.usage == TokenUsage(input: 9, output: 2))
    }

    @Test func `answers with recorded tool calls under names that providers accept`() async throws {
        let completion = try await recordings().answer(prompt("caller-FC", "Area?", tools: ["geo_area"]))
        let calls = completion.content.compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
        #expect(calls.map(\.name) == ["geo_area", "geo_area"])
        #expect(calls.map(\.arguments) == [#"{"base": 10}"#, #"{"base": 11}"#])
        #expect(Set(calls.map(\.id)).count == 2 && completion.finish == .toolCalls)
        #expect(completion.usage == TokenUsage(input: 40, output: 7))
    }

    @Test func `tells equal prompts apart by their tools, in any order`() async throws {
        let completion = try await recordings().answer(prompt("caller-FC", "Area?", tools: ["geo_area", "other"]))
        #expect(completion.text == "Which one?")
    }

    @Test func `refuses an unknown prompt and an unknown model in their own ways`() async throws {
        let answers = try await recordings()
        let codes = [prompt("plain", "Three?"), prompt("free", "Two and two?")].map { prompt in
            do throws(APIFailure) { return try answers.answer(prompt).text } catch {
                return "\(error.status) \(error.code ?? "")"
            }
        }
        #expect(codes == ["404 recording_not_found", "404 model_not_found"])
    }

    @Test func `writes prices into the configuration exactly as their file spells them`() async throws {
        let text = RehearsalConfiguration.text(for: .recorded(try await recordings()), address: "127.0.0.1:1234")
        #expect(text.contains("base_url: http://127.0.0.1:1234/v1\n"))
        #expect(text.contains("\"caller-FC\":\n    provider: recordings\n    price: { input: 2.5, output: 10.0 }\n"))
    }

    @Test func `names file and line of a broken row`() async throws {
        try await withFolder { folder in
            try write("{\"prompt\":\"a\",\"outcomes\":{}}\n{oops}\n", to: "\(folder)/rows")
            do {
                _ = try RecordedAnswers(paths: ["\(folder)/rows"])
                Issue.record("accepted")
            } catch {
                #expect("\(error)".hasPrefix("\(folder)/rows:2: invalid JSON"))
            }
        }
    }
}
