import Dialogue
import Foundation
import HTTPMessages
import JSON
import Testing
import WireFormats

/// One input `<case>.<format>`, and beside it the expected `<case>.<format>.to-<target>`.
struct GoldenTests {
    private func check(_ result: [UInt8], against name: String) throws {
        let file = packageRoot.appending(path: "Tests/WireFormatsTests/Fixtures/\(name)")
        if ProcessInfo.processInfo.environment["FARTHING_REFRESH_GOLDENS"] != nil {
            try Data(result).write(to: file)
            return
        }
        #expect(String(decoding: result, as: UTF8.self) == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    private func input(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: packageRoot.appending(path: "Tests/WireFormatsTests/Fixtures/\(name)")))
    }

    @Test(arguments: WireFormat.allCases)
    func `converts a rich request`(_ format: WireFormat) throws {
        let request = try format.decodeRequest(input("request-rich.\(format).json"), parser: JSONParser())
        #expect(format.peer.obstacle(to: request.prompt, from: format) == nil)
        let result = try format.peer.encodeRequest(request.prompt, from: format, model: "target")
        try check(result, against: "request-rich.\(format).to-\(format.peer).json")
    }

    @Test(arguments: WireFormat.allCases)
    func `converts a stream with parallel calls`(_ format: WireFormat) throws {
        let events = try format.events(of: input("stream-tools.\(format).sse"))
        let result = format.peer.stream(of: events)
        try check(result, against: "stream-tools.\(format).to-\(format.peer).sse")
        let (before, after) = (Summary(events), Summary(try format.peer.events(of: result)))
        #expect(before.text == after.text && before.thinking == after.thinking && before.calls == after.calls)
        #expect(before.finish == after.finish && after.hasEnded)
        #expect(before.usage?.totalInput == after.usage?.totalInput && before.usage?.output == after.usage?.output)
    }

    @Test(arguments: ["tools", "thinking", "cut", "refused", "stopped"], WireFormat.allCases)
    func `converts a whole answer`(_ name: String, _ format: WireFormat) throws {
        let before = try format.decodeCompletion(input("answer-\(name).\(format).json"), parser: JSONParser())
        let result = format.peer.encodeCompletion(before, created: 1)
        try check(result, against: "answer-\(name).\(format).to-\(format.peer).json")
        let after = try format.peer.decodeCompletion(result, parser: JSONParser())
        #expect(before.words == after.words && before.calls == after.calls)
        #expect(before.usage?.totalInput == after.usage?.totalInput && before.usage?.output == after.usage?.output)
        #expect(before.usage?.cacheRead == after.usage?.cacheRead && before.usage?.reasoning == after.usage?.reasoning)
    }

    @Test(arguments: [400, 401, 404, 429, 500, 529], WireFormat.allCases)
    func `tells a provider's error in either format`(_ status: Int, _ format: WireFormat) throws {
        let answer = String(decoding: try input("error-\(status).\(format).http"), as: UTF8.self)
        let head = answer.prefix { $0 != "{" }.split(separator: "\n")
        var fields = HTTPFields()
        for line in head.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { fields.append(String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)) }
        }
        let body = answer.components(separatedBy: "\n\n").last ?? ""
        let failure = format.decodeFailure(
            status: status, fields: fields, body: Array(body.utf8), parser: JSONParser())
        for target in WireFormat.allCases {
            let hint = failure.retryAfter.map { "retry-after: \($0)\n" } ?? ""
            let told = Array("HTTP/1.1 \(failure.status)\n\(hint)\n".utf8)
            try check(
                told + target.encodeFailure(failure, requestID: "req_1"),
                against: "error-\(status).\(format).to-\(target).http")
        }
    }

    @Test(arguments: WireFormat.allCases)
    func `lists models`(_ format: WireFormat) throws {
        let models = [
            ListedModel(name: "auto", owner: "farthing"),
            ListedModel(name: "gpt-4o-mini", owner: "openai", created: 1_721_172_741),
            ListedModel(name: "meta/llama-3 \"local\"", owner: "ollama"),
        ]
        try check(format.encodeModelList(models), against: "models.to-\(format).json")
        try check(format.encodeModelList([]), against: "models-none.to-\(format).json")
        try check(format.encodeModel(models[1]), against: "model.to-\(format).json")
    }
}

extension Completion {
    /// What a person reads; a refusal is a text in Anthropic's format.
    fileprivate var words: String {
        content.reduce(into: "") { words, part in
            switch part {
            case .text(let more), .refusal(let more): words += more
            default: break
            }
        }
    }

    fileprivate var calls: [ToolCall] {
        content.compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
    }
}
