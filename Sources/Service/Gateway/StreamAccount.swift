internal import Dialogue

/// What a stream has said so far, as far as accounting needs it.
struct StreamAccount {
    private(set) var usage: TokenUsage?
    /// Whether ``usage`` counts the whole answer; what providers say of it ahead of the end is a beginning.
    private(set) var isUsageFinal = false
    /// Everything the model wrote, for counting where the provider sends no usage.
    private(set) var text = ""
    private(set) var finished = false
    private(set) var failure: APIFailure?

    mutating func add(_ events: [CompletionEvent]) {
        for event in events {
            switch event {
            case .text(let more), .refusal(let more), .thinking(let more): text += more
            case .toolCallStart(_, _, let name): text += name
            case .toolCallArguments(_, let more): text += more
            case .usage(let usage):
                self.usage = usage
                isUsageFinal = finished
            case .finish, .end: finished = true
            case .failure(let failure): self.failure = failure
            case .start, .thinkingSignature: break
            }
        }
    }
}
