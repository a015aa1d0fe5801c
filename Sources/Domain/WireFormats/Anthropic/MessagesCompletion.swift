import Dialogue
import JSON

extension WireFormat {
    func decodeMessage(_ root: JSONValue) throws(APIFailure) -> Completion {
        guard let blocks = root["content"]?.elements else { throw .unreadable }
        var content: [ContentPart] = []
        for block in blocks {
            let type = block["type"]?.string ?? ""
            switch type {
            case "text": content.append(.text(block["text"]?.string ?? ""))
            case "thinking":
                content.append(.thinking(text: block["thinking"]?.string ?? "", signature: block["signature"]?.string))
            case "tool_use":
                content.append(
                    .toolCall(
                        ToolCall(
                            id: block["id"]?.string ?? "", name: block["name"]?.string ?? "",
                            arguments: block["input"]?.argumentText ?? "{}")))
            default: content.append(.other(type: type, json: Array(block.raw)))
            }
        }
        return Completion(
            id: root["id"]?.string ?? "", model: root["model"]?.string ?? "", content: content,
            finish: FinishReason(messages: root["stop_reason"]?.string ?? "end_turn"),
            stopSequence: root["stop_sequence"]?.string, usage: root.present("usage").map { TokenUsage(messages: $0) })
    }

    func encodeMessage(_ completion: Completion) -> [UInt8] {
        var hasCalls = false
        var refuses = false
        for part in completion.content {
            if case .toolCall = part { hasCalls = true }
            if case .refusal = part { refuses = true }
        }
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("id", completion.id)
            writer.member("type", "message")
            writer.member("role", "assistant")
            writer.member("model", completion.model)
            writer.key("content")
            writer.array { writer in
                for part in completion.content {
                    if case .other = part { continue }
                    writer.block(part)
                }
            }
            let reason = completion.finish.messagesWord(
                stopSequence: completion.stopSequence, hasCalls: hasCalls, refuses: refuses)
            writer.member("stop_reason", reason)
            writer.key("stop_sequence")
            if let stop = completion.stopSequence { writer.string(stop) } else { writer.null() }
            writer.messagesUsage(completion.usage ?? TokenUsage())
        }
        return writer.bytes
    }
}
