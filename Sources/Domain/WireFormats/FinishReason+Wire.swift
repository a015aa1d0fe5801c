import Dialogue

extension FinishReason {
    init(chat word: String) {
        switch word {
        case "stop": self = .stop
        case "length": self = .length
        case "tool_calls", "function_call": self = .toolCalls
        case "content_filter": self = .contentFilter
        default: self = .other(word)
        }
    }

    init(messages word: String) {
        switch word {
        case "end_turn", "stop_sequence": self = .stop
        case "max_tokens", "model_context_window_exceeded": self = .length
        case "tool_use": self = .toolCalls
        case "refusal": self = .refusal
        default: self = .other(word)
        }
    }

    var chatWord: String {
        switch self {
        case .stop, .other: "stop"
        case .length: "length"
        case .toolCalls: "tool_calls"
        case .contentFilter, .refusal: "content_filter"
        }
    }

    func messagesWord(stopSequence: String?, hasCalls: Bool, refuses: Bool) -> String {
        switch self {
        case .stop where hasCalls: "tool_use"
        case .stop where refuses: "refusal"
        case .stop where stopSequence != nil: "stop_sequence"
        case .other("pause_turn"): "pause_turn"
        case .stop, .other: "end_turn"
        case .length: "max_tokens"
        case .toolCalls: "tool_use"
        case .contentFilter, .refusal: "refusal"
        }
    }
}
