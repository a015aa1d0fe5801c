import Dialogue
import JSON

extension WireFormat {
    func encodeChatRequest(_ prompt: Prompt, model: String, tokenProbabilities: Bool) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("model", model)
            writer.member("messages", array: { for message in prompt.messages { $0.chatMessage(message) } })
            if !prompt.tools.isEmpty {
                writer.member("tools", array: { for tool in prompt.tools { $0.chatTool(tool) } })
                writer.chatToolChoice(prompt.toolChoice)
                writer.member("parallel_tool_calls", prompt.parallelToolCalls)
            }
            writer.chatOutputFormat(prompt.outputFormat)
            writer.member("max_completion_tokens", prompt.maxOutputTokens)
            writer.member("temperature", prompt.temperature)
            writer.member("top_p", prompt.topP)
            if !prompt.stop.isEmpty { writer.member("stop", array: { for text in prompt.stop { $0.string(text) } }) }
            writer.member("seed", prompt.seed)
            writer.member("reasoning_effort", prompt.reasoning?.chatEffort)
            writer.member("user", prompt.endUser)
            if tokenProbabilities {
                writer.member("logprobs", true)
                writer.member("top_logprobs", 2)
            }
            if prompt.stream {
                writer.member("stream", true)
                writer.member("stream_options", object: { $0.member("include_usage", true) })
            }
        }
        return writer.bytes
    }
}

extension ReasoningRequest {
    /// OpenAI's word for it; budgets are sorted into the bands that open gateways use (4,096 and 16,384 tokens).
    var chatEffort: String? {
        switch self {
        case .off: nil
        case .effort(let word): word == "max" ? "xhigh" : word
        case .budget(let tokens): tokens < 4096 ? "low" : tokens < 16384 ? "medium" : "high"
        }
    }
}

extension JSONWriter {
    fileprivate mutating func chatMessage(_ message: Message) {
        for case .toolResult(let result) in message.content {
            object { writer in
                writer.member("role", "tool")
                writer.member("tool_call_id", result.callID)
                writer.member("content", result.chatText)
            }
        }
        guard message.role != .tool else { return }
        object { writer in
            writer.member("role", message.role.rawValue)
            writer.chatContent(message)
            writer.chatCalls(message.content)
        }
    }

    private mutating func chatContent(_ message: Message) {
        let parts = message.content.filter { $0.isChatContent }
        key("content")
        if parts.isEmpty { return message.role == .assistant ? null() : string("") }
        if parts.count == 1, case .text(let text) = parts[0] { return string(text) }
        array { writer in
            for part in parts { writer.chatPart(part) }
        }
    }

    private mutating func chatPart(_ part: ContentPart) {
        object { writer in
            switch part {
            case .text(let text):
                writer.member("type", "text")
                writer.member("text", text)
            case .refusal(let text):
                writer.member("type", "refusal")
                writer.member("refusal", text)
            case .image(let source):
                writer.member("type", "image_url")
                writer.key("image_url")
                writer.object { writer in
                    writer.member("url", source.chatURL)
                    writer.member("detail", source.detail)
                }
            case .toolCall, .toolResult, .thinking, .other: break
            }
        }
    }

    mutating func chatCalls(_ content: [ContentPart]) {
        guard content.contains(where: { if case .toolCall = $0 { true } else { false } }) else { return }
        key("tool_calls")
        array { writer in
            for case .toolCall(let call) in content {
                writer.object { writer in
                    writer.member("id", call.id)
                    writer.member("type", "function")
                    writer.key("function")
                    writer.object { writer in
                        writer.member("name", call.name)
                        writer.member("arguments", call.arguments)
                    }
                }
            }
        }
    }

    fileprivate mutating func chatTool(_ tool: ToolDefinition) {
        object { writer in
            writer.member("type", "function")
            writer.key("function")
            writer.object { writer in
                writer.member("name", tool.name)
                writer.member("description", tool.description)
                writer.member("parameters", raw: tool.parameters)
                writer.member("strict", tool.strict)
            }
        }
    }

    fileprivate mutating func chatToolChoice(_ choice: ToolChoice?) {
        switch choice {
        case nil: break
        case .auto?: member("tool_choice", "auto")
        case ToolChoice.none?: member("tool_choice", "none")
        case .required?: member("tool_choice", "required")
        case .named(let name)?:
            key("tool_choice")
            object { writer in
                writer.member("type", "function")
                writer.member("function", object: { $0.member("name", name) })
            }
        }
    }

    fileprivate mutating func chatOutputFormat(_ format: OutputFormat) {
        switch format {
        case .text: break
        case .json: member("response_format", object: { $0.member("type", "json_object") })
        case .schema(let name, let schema, let strict):
            key("response_format")
            object { writer in
                writer.member("type", "json_schema")
                writer.key("json_schema")
                writer.object { writer in
                    writer.member("name", name)
                    writer.member("schema", raw: schema)
                    writer.member("strict", strict)
                }
            }
        }
    }
}

extension ContentPart {
    fileprivate var isChatContent: Bool {
        switch self {
        case .text, .image, .refusal: true
        case .toolCall, .toolResult, .thinking, .other: false
        }
    }
}

extension ImageSource {
    fileprivate var chatURL: String {
        switch self {
        case .url(let url, _): url
        case .base64(let data, let mediaType, _): "data:\(mediaType);base64,\(data)"
        }
    }

    var detail: String? {
        switch self {
        case .url(_, let detail), .base64(_, _, let detail): detail
        }
    }
}

extension ToolResult {
    /// The result's text; OpenAI has no flag for errors, so the text says it.
    fileprivate var chatText: String {
        let text = Message(role: .tool, content: content).text
        guard isError, !text.lowercased().hasPrefix("error") else { return text }
        return text.isEmpty ? "Error" : "Error: \(text)"
    }
}
