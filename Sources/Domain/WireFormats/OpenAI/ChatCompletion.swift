import Dialogue
import JSON

extension WireFormat {
    func decodeChatCompletion(_ root: JSONValue) throws(APIFailure) -> Completion {
        var choices = root["choices"]?.elements
        guard let choice = choices?.next(), let message = choice["message"], message.isObject else { throw .unreadable }
        var alternatives: [[ContentPart]] = []
        while let other = choices?.next() { alternatives.append(other["message"].map(content) ?? []) }
        return Completion(
            id: root["id"]?.string ?? "", model: root["model"]?.string ?? "", content: content(of: message),
            finish: FinishReason(chat: choice["finish_reason"]?.string ?? "stop"),
            usage: root["usage"].flatMap(TokenUsage.init(chat:)), tokens: choice.tokenProbabilities,
            alternatives: alternatives)
    }

    private func content(of message: JSONValue) -> [ContentPart] {
        var content: [ContentPart] = []
        if let thought = message.thought, !thought.isEmpty { content.append(.thinking(text: thought, signature: nil)) }
        if let text = message["content"]?.string, !text.isEmpty { content.append(.text(text)) }
        if let parts = message["content"]?.elements {
            for part in parts { if let text = part["text"]?.string { content.append(.text(text)) } }
        }
        if let refusal = message["refusal"]?.string { content.append(.refusal(refusal)) }
        if let calls = message["tool_calls"]?.elements {
            for call in calls {
                guard let function = call["function"] else { continue }
                content.append(
                    .toolCall(
                        ToolCall(
                            id: call["id"]?.string ?? "", name: function["name"]?.string ?? "",
                            arguments: function["arguments"]?.argumentText ?? "")))
            }
        }
        if let audio = message.present("audio") { content.append(.other(type: "audio", json: Array(audio.raw))) }
        return content
    }

    func encodeChatCompletion(_ completion: Completion, created: Int) -> [UInt8] {
        var text: String?
        var refusal: String?
        var thought: String?
        for part in completion.content {
            switch part {
            case .text(let more): text = (text ?? "") + more
            case .refusal(let more): refusal = (refusal ?? "") + more
            case .thinking(let more, _): thought = (thought ?? "") + more
            case .image, .toolCall, .toolResult, .other: break
            }
        }
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("id", completion.id)
            writer.member("object", "chat.completion")
            writer.member("created", created)
            writer.member("model", completion.model)
            writer.key("choices")
            writer.array { writer in
                writer.object { writer in
                    writer.member("index", 0)
                    writer.key("message")
                    writer.object { writer in
                        writer.member("role", "assistant")
                        writer.key("content")
                        if let text { writer.string(text) } else { writer.null() }
                        writer.key("refusal")
                        if let refusal { writer.string(refusal) } else { writer.null() }
                        writer.member("reasoning_content", thought)
                        writer.chatCalls(completion.content)
                    }
                    writer.key("logprobs")
                    writer.null()
                    writer.member("finish_reason", completion.finish.chatWord)
                }
            }
            if let usage = completion.usage { writer.chatUsage(usage) }
        }
        return writer.bytes
    }
}

extension JSONValue {
    /// Reasoning as DeepSeek and vLLM (`reasoning_content`) or OpenRouter and Ollama (`reasoning`) send it.
    var thought: String? { self["reasoning_content"]?.string ?? self["reasoning"]?.string }

    /// A call's arguments: text, or for some providers an object.
    var argumentText: String? { string ?? (isObject ? String(decoding: raw, as: UTF8.self) : nil) }
}
