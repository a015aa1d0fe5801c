import Dialogue
import Foundation
import HTTPMessages
import JSON
import WireFormats

extension WireFormat {
    var peer: WireFormat { self == .openai ? .anthropic : .openai }

    func events(of stream: [UInt8]) throws -> [CompletionEvent] {
        var parser = ServerSentEventParser()
        parser.append(stream)
        parser.finish()
        var decoder = CompletionEventDecoder(self)
        let json = JSONParser()
        var events: [CompletionEvent] = []
        while let event = try parser.next() { events += try decoder.decode(event, parser: json) }
        return events
    }

    func stream(of events: [CompletionEvent]) -> [UInt8] {
        var encoder = CompletionEventEncoder(self, created: 1, includeUsage: true)
        return events.flatMap { encoder.encode($0) }
    }
}

/// What a stream says in the end.
struct Summary: Equatable {
    var text = ""
    var thinking = ""
    var calls: [ToolCall] = []
    var usage: TokenUsage?
    var finish: FinishReason?
    var hasEnded = false

    init(_ events: [CompletionEvent]) {
        for event in events {
            switch event {
            case .text(let more), .refusal(let more): text += more
            case .thinking(let more): thinking += more
            case .toolCallStart(_, let id, let name): calls.append(ToolCall(id: id, name: name, arguments: ""))
            case .toolCallArguments(let index, let more): calls[index].arguments += more
            case .usage(let last): usage = last
            case .finish(let reason, _): finish = reason
            case .end: hasEnded = true
            case .start, .thinkingSignature, .tokens, .alternative, .failure: break
            }
        }
    }
}

let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
