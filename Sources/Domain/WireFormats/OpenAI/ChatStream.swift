import Dialogue
import JSON

/// Reads the chunks of one OpenAI stream, and of the many that resemble it.
struct ChatStream {
    private var hasStarted = false
    private var first = ChatChoice()
    /// What is known of further choices, by index.
    private var others: [Int: ChatChoice] = [:]

    mutating func read(_ chunk: JSONValue) -> [CompletionEvent] {
        var events: [CompletionEvent] = []
        if let choices = chunk["choices"]?.elements {
            for choice in choices {
                if !hasStarted {
                    hasStarted = true
                    events.append(.start(id: chunk["id"]?.string ?? "", model: chunk["model"]?.string ?? ""))
                }
                let index = choice["index"]?.int ?? 0
                if index == 0 {
                    first.read(choice, into: &events)
                } else {
                    var own: [CompletionEvent] = []
                    others[index, default: ChatChoice()].read(choice, into: &own)
                    events += own.map { .alternative(index, $0) }
                }
            }
        }
        if let usage = chunk["usage"].flatMap(TokenUsage.init(chat:)) { events.append(.usage(usage)) }
        return events
    }
}

/// Reads what chunks say of one choice.
private struct ChatChoice {
    /// The provider's index and id of each call, in the order they began.
    private var calls: [(index: Int, id: String)] = []

    mutating func read(_ choice: JSONValue, into events: inout [CompletionEvent]) {
        if let delta = choice["delta"] { read(delta: delta, into: &events) }
        let tokens = choice.tokenProbabilities
        if !tokens.isEmpty { events.append(.tokens(tokens)) }
        if let reason = choice["finish_reason"]?.string {
            events.append(.finish(FinishReason(chat: reason), stopSequence: nil))
        }
    }

    private mutating func read(delta: JSONValue, into events: inout [CompletionEvent]) {
        if let thought = delta.thought, !thought.isEmpty { events.append(.thinking(thought)) }
        if let text = delta["content"]?.string, !text.isEmpty { events.append(.text(text)) }
        if let parts = delta["content"]?.elements {
            for part in parts { if let text = part["text"]?.string, !text.isEmpty { events.append(.text(text)) } }
        }
        if let refusal = delta["refusal"]?.string, !refusal.isEmpty { events.append(.refusal(refusal)) }
        guard let entries = delta["tool_calls"]?.elements else { return }
        for entry in entries { read(call: entry, into: &events) }
    }

    /// Some providers give every call the index 0, or none: a new id begins a new call.
    private mutating func read(call entry: JSONValue, into events: inout [CompletionEvent]) {
        let index = entry["index"]?.int ?? 0
        let id = entry["id"]?.string ?? ""
        let name = entry["function"]?["name"]?.string ?? ""
        var position = calls.lastIndex { $0.index == index }
        if let known = position, !id.isEmpty, !name.isEmpty, calls[known].id != id { position = nil }
        let call: Int
        if let position {
            call = position
        } else {
            call = calls.count
            calls.append((index, id))
            events.append(.toolCallStart(index: call, id: id, name: name))
        }
        if let arguments = entry["function"]?["arguments"]?.argumentText, !arguments.isEmpty {
            events.append(.toolCallArguments(index: call, arguments))
        }
    }
}
