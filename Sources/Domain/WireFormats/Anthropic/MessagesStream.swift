import Dialogue
import JSON

/// Reads the events of one Anthropic stream.
struct MessagesStream {
    private var usage = TokenUsage()
    /// The call whose block is open: its position, and whether any arguments came.
    private var call: (block: Int, hasArguments: Bool)?
    private var callCount = 0

    mutating func read(_ event: JSONValue) -> [CompletionEvent] {
        switch event["type"]?.string {
        case "message_start":
            guard let message = event["message"] else { return [] }
            let start = CompletionEvent.start(id: message["id"]?.string ?? "", model: message["model"]?.string ?? "")
            guard let spent = message.present("usage") else { return [start] }
            usage = TokenUsage(messages: spent, earlier: usage)
            return [start, .usage(usage)]
        case "content_block_start": return open(event)
        case "content_block_delta": return delta(event)
        case "content_block_stop":
            defer { call = nil }
            guard let call, !call.hasArguments else { return [] }
            return [.toolCallArguments(index: callCount - 1, "{}")]
        case "message_delta":
            var events: [CompletionEvent] = []
            if let reason = event["delta"]?["stop_reason"]?.string {
                let stop = event["delta"]?["stop_sequence"]?.string
                events.append(.finish(FinishReason(messages: reason), stopSequence: stop))
            }
            if let spent = event.present("usage") {
                usage = TokenUsage(messages: spent, earlier: usage)
                events.append(.usage(usage))
            }
            return events
        case "message_stop": return [.end]
        default: return []
        }
    }

    private mutating func open(_ event: JSONValue) -> [CompletionEvent] {
        guard let block = event["content_block"] else { return [] }
        switch block["type"]?.string {
        case "text": return block["text"]?.string.flatMap { $0.isEmpty ? nil : [.text($0)] } ?? []
        case "thinking": return block["thinking"]?.string.flatMap { $0.isEmpty ? nil : [.thinking($0)] } ?? []
        case "tool_use":
            call = (event["index"]?.int ?? 0, false)
            callCount += 1
            let index = callCount - 1
            let start = CompletionEvent.toolCallStart(
                index: index, id: block["id"]?.string ?? "", name: block["name"]?.string ?? "")
            guard let input = block["input"], input.members?.contains(where: { _ in true }) == true else {
                return [start]
            }
            call?.hasArguments = true
            return [start, .toolCallArguments(index: index, String(decoding: input.raw, as: UTF8.self))]
        default: return []
        }
    }

    private mutating func delta(_ event: JSONValue) -> [CompletionEvent] {
        guard let delta = event["delta"] else { return [] }
        switch delta["type"]?.string {
        case "text_delta": return delta["text"]?.string.map { [.text($0)] } ?? []
        case "thinking_delta": return delta["thinking"]?.string.map { [.thinking($0)] } ?? []
        case "signature_delta": return delta["signature"]?.string.map { [.thinkingSignature($0)] } ?? []
        case "input_json_delta":
            guard let text = delta["partial_json"]?.string, !text.isEmpty, call != nil else { return [] }
            call?.hasArguments = true
            return [.toolCallArguments(index: callCount - 1, text)]
        default: return []
        }
    }
}
