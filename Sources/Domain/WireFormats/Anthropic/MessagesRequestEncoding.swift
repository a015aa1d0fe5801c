import Dialogue
import JSON

/// What an answer may take where the client set no limit: what every model of Anthropic's allows.
private let defaultMaxTokens = 4096

extension WireFormat {
    func encodeMessagesRequest(_ prompt: Prompt, model: String) -> [UInt8] {
        let budget = prompt.thinkingBudget
        let limit = prompt.maxOutputTokens ?? defaultMaxTokens + (budget ?? 0)
        let thinks = budget.map { $0 >= 1024 && $0 < limit } ?? false
        let isAdaptive = thinks && ThinkingStyle(model: model) == .adaptive
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("model", model)
            writer.member("max_tokens", limit)
            writer.system(prompt.messages)
            writer.member("messages", array: { $0.turns(prompt.messages) })
            if !prompt.tools.isEmpty {
                writer.member("tools", array: { for tool in prompt.tools { $0.tool(tool) } })
                writer.toolChoice(prompt.toolChoice, isParallel: prompt.parallelToolCalls)
            }
            if thinks, let budget {
                writer.member(
                    "thinking",
                    object: { writer in
                        writer.member("type", isAdaptive ? "adaptive" : "enabled")
                        if !isAdaptive { writer.member("budget_tokens", budget) }
                    })
            }
            writer.outputConfig(prompt.outputFormat, effort: isAdaptive ? prompt.reasoning?.messagesEffort : nil)
            writer.member("temperature", prompt.temperature)
            writer.member("top_p", prompt.topP)
            writer.member("top_k", prompt.topK)
            if !prompt.stop.isEmpty {
                writer.member("stop_sequences", array: { for text in prompt.stop { $0.string(text) } })
            }
            if let user = prompt.endUser { writer.member("metadata", object: { $0.member("user_id", user) }) }
            if prompt.stream { writer.member("stream", true) }
        }
        return writer.bytes
    }
}

/// How a Claude model is told to think: from 4.6 on it takes an effort and finds the budget itself.
enum ThinkingStyle {
    case budget, adaptive

    /// Judges by the version in names such as `claude-opus-4-6`, `claude-sonnet-4-20250514`, `claude-3-7-sonnet-latest`.
    init(model: String) {
        var version: [Int] = []
        for word in model.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            if let number = Int(word), number < 100 { version.append(number) } else if !version.isEmpty { break }
        }
        let (major, minor) = (version.first ?? 0, version.dropFirst().first ?? 0)
        self = major > 4 || (major == 4 && minor >= 6) ? .adaptive : .budget
    }
}

extension Prompt {
    /// Tokens to think with; nil where no thinking is asked for.
    var thinkingBudget: Int? {
        switch reasoning {
        case nil, .off?, .effort("minimal")?: return nil
        case .budget(let tokens)?: return tokens
        case .effort(let word)?:
            let wanted = word == "low" ? 2048 : word == "medium" ? 8192 : 16384
            return maxOutputTokens.map { min(wanted, max(1024, $0 / 2)) } ?? wanted
        }
    }
}

extension ReasoningRequest {
    fileprivate var messagesEffort: String? {
        if case .effort(let word) = self { return word }
        return chatEffort
    }
}

extension JSONWriter {
    fileprivate mutating func system(_ messages: [Message]) {
        let texts = messages.filter { $0.role.isInstruction }.flatMap(\.content).compactMap(\.nonEmptyText)
        guard let first = texts.first else { return }
        if texts.count == 1 { return member("system", first) }
        member("system", array: { for text in texts { $0.textBlock(text) } })
    }

    /// The results of one turn's calls, and what the user says right after them, belong into one turn.
    fileprivate mutating func turns(_ messages: [Message]) {
        let talk = messages.filter { !$0.role.isInstruction }
        var at = 0
        while at < talk.count {
            var content = talk[at].content
            let role = talk[at].role == .assistant ? "assistant" : "user"
            while at + 1 < talk.count, talk[at].role == .tool, talk[at + 1].role != .assistant {
                at += 1
                content += talk[at].content
            }
            at += 1
            let parts = content.filter(\.isMessagesContent)
            if parts.isEmpty && role == "assistant" { continue }
            object { writer in
                writer.member("role", role)
                if parts.count == 1, case .text(let text) = parts[0] { return writer.member("content", text) }
                writer.member("content", array: { for part in parts { $0.block(part) } })
            }
        }
    }

    fileprivate mutating func textBlock(_ text: String) {
        object { writer in
            writer.member("type", "text")
            writer.member("text", text)
        }
    }

    mutating func block(_ part: ContentPart) {
        switch part {
        case .text(let text), .refusal(let text): textBlock(text)
        case .image(let source): image(source)
        case .toolCall(let call):
            object { writer in
                writer.member("type", "tool_use")
                writer.member("id", call.id)
                writer.member("name", call.name)
                writer.member("input", raw: call.input)
            }
        case .toolResult(let result):
            object { writer in
                writer.member("type", "tool_result")
                writer.member("tool_use_id", result.callID)
                writer.member("content", array: { for part in result.content { $0.block(part) } })
                if result.isError { writer.member("is_error", true) }
            }
        case .thinking(let text, let signature):
            object { writer in
                writer.member("type", "thinking")
                writer.member("thinking", text)
                writer.member("signature", signature ?? "")
            }
        case .other(_, let json): raw(json)
        }
    }

    private mutating func image(_ source: ImageSource) {
        object { writer in
            writer.member("type", "image")
            writer.member(
                "source",
                object: { writer in
                    switch source {
                    case .url(let url, _):
                        writer.member("type", "url")
                        writer.member("url", url)
                    case .base64(let data, let mediaType, _):
                        writer.member("type", "base64")
                        writer.member("media_type", mediaType)
                        writer.member("data", data)
                    }
                })
        }
    }

    fileprivate mutating func tool(_ tool: ToolDefinition) {
        object { writer in
            writer.member("name", tool.name)
            writer.member("description", tool.description)
            writer.member("input_schema", raw: tool.parameters)
            if tool.strict == true { writer.member("strict", true) }
        }
    }

    fileprivate mutating func toolChoice(_ choice: ToolChoice?, isParallel: Bool?) {
        guard choice != nil || isParallel != nil else { return }
        member(
            "tool_choice",
            object: { writer in
                switch choice {
                case nil, .auto?: writer.member("type", "auto")
                case .required?: writer.member("type", "any")
                case ToolChoice.none?: return writer.member("type", "none")
                case .named(let name)?:
                    writer.member("type", "tool")
                    writer.member("name", name)
                }
                writer.member("disable_parallel_tool_use", isParallel.map { !$0 })
            })
    }

    fileprivate mutating func outputConfig(_ format: OutputFormat, effort: String?) {
        var schema: [UInt8]?
        if case .schema(_, let wanted, _) = format { schema = wanted }
        guard schema != nil || effort != nil else { return }
        member(
            "output_config",
            object: { writer in
                writer.member("effort", effort)
                guard let schema else { return }
                writer.member(
                    "format",
                    object: { writer in
                        writer.member("type", "json_schema")
                        writer.member("schema", raw: schema)
                    })
            })
    }
}

extension Message.Role {
    var isInstruction: Bool { self == .system || self == .developer }
}

extension ContentPart {
    fileprivate var nonEmptyText: String? {
        if case .text(let text) = self, !text.isEmpty { return text }
        return nil
    }

    /// Anthropic refuses empty text, and thoughts that it did not sign.
    fileprivate var isMessagesContent: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .thinking(_, let signature): signature != nil
        case .image, .toolCall, .toolResult, .refusal, .other: true
        }
    }
}

extension ToolCall {
    /// The arguments as the object that Anthropic wants; broken ones are wrapped the way its manual asks for
    /// (Fine-grained tool streaming, "Handling invalid JSON").
    var input: [UInt8] {
        let text = Array(arguments.utf8)
        if text.isEmpty { return Array("{}".utf8) }
        if let document = try? JSONDocument.parse(text), document.root.isObject { return text }
        var writer = JSONWriter()
        writer.object { $0.member("INVALID_JSON", arguments) }
        return writer.bytes
    }
}
