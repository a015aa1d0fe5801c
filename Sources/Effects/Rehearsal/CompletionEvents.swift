internal import Dialogue

extension Completion {
    /// The answer as a provider streams it: a few tokens at a time, usage last.
    var events: [CompletionEvent] {
        var events = [CompletionEvent.start(id: id, model: model)]
        var calls = 0
        for part in content {
            switch part {
            case .text(let text):
                events += Self.chunks(text).map { .text($0) }
            case .toolCall(let call):
                events.append(.toolCallStart(index: calls, id: call.id, name: call.name))
                events += Self.chunks(call.arguments).map { [calls] in .toolCallArguments(index: calls, $0) }
                calls += 1
            case .refusal(let text): events.append(.refusal(text))
            case .thinking(let text, _): events.append(.thinking(text))
            case .image, .toolResult, .other: break
            }
        }
        events.append(.finish(finish, stopSequence: stopSequence))
        if let usage { events.append(.usage(usage)) }
        return events + [.end]
    }

    private static func chunks(_ text: String) -> [String] {
        let pieces = TokenCount.pieces(text)
        return stride(from: 0, to: pieces.count, by: 4).map { pieces[$0..<min($0 + 4, pieces.count)].joined() }
    }
}
