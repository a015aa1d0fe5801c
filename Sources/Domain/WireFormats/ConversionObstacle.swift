package import Dialogue
import JSON

/// Fields that change how an answer is served but not what it says.
private let hints: Set<String> = [
    "annotations", "cache_control", "caller", "context_management", "detail", "diagnostics", "eager_input_streaming",
    "metadata", "obfuscation", "prediction", "prompt_cache_key", "prompt_cache_retention", "safety_identifier",
    "service_tier", "speed", "citations", "description",
]

/// Fields whose value here is what the other format does anyway, as JSON text.
private let defaults: [String: Set<String>] = [
    "frequency_penalty": ["0", "0.0"], "presence_penalty": ["0", "0.0"], "n": ["1"], "logprobs": ["false"],
    "top_logprobs": ["0"], "store": ["false"], "logit_bias": ["{}"], "modalities": [#"["text"]"#, #"[ "text" ]"#],
    "verbosity": [#""medium""#], "functions": ["[]"], "function_call": [#""none""#], "mcp_servers": ["[]"],
    "audio": [], "citations": ["[]"], "annotations": ["[]"], "tools": ["[]"],
]

private let remedies: [String: String] = [
    "functions": "Use 'tools' instead.", "function_call": "Use 'tools' and 'tool_choice' instead.",
    "n": "Send the request several times instead.",
]

extension ExtraField {
    fileprivate var name: String { String(path.split(separator: ".").last ?? "") }
    fileprivate var isDefault: Bool { defaults[name]?.contains(String(decoding: json, as: UTF8.self)) == true }
    fileprivate var isHint: Bool { hints.contains(name) }
}

extension WireFormat {
    /// Why this format cannot carry a prompt that came in `source`; nil if it can.
    package func obstacle(to prompt: Prompt, from source: WireFormat) -> ConversionObstacle? {
        guard self != source else { return nil }
        for extra in prompt.extras where !extra.isHint && !extra.isDefault { return unknown(extra, to: source) }
        if prompt.messages.last(where: { !$0.role.isInstruction })?.role == .assistant {
            return refuse(
                "messages[\(prompt.messages.count - 1)]",
                "An assistant turn at the end means something else in \(title)'s format.",
                "End with a user turn")
        }
        for (index, message) in prompt.messages.enumerated() {
            for part in message.content {
                if let obstacle = obstacle(to: part, at: "messages[\(index)].content") { return obstacle }
            }
        }
        return self == .anthropic ? messagesObstacle(to: prompt) : chatObstacle(to: prompt)
    }

    /// The fields of a prompt that this format leaves out because they do not change what the answer says.
    package func ignored(of prompt: Prompt, from source: WireFormat) -> [String] {
        guard self != source else { return [] }
        var paths = prompt.extras.filter { $0.isHint && !$0.isDefault }.map(\.path)
        if self == .anthropic, let budget = prompt.thinkingBudget, let limit = prompt.maxOutputTokens, limit <= budget {
            paths.append("reasoning_effort")
        }
        var hasTalked = false
        for (index, message) in prompt.messages.enumerated() {
            if !message.role.isInstruction { hasTalked = true }
            if self == .anthropic && hasTalked && message.role.isInstruction { paths.append("messages[\(index)].role") }
            for part in message.content {
                switch part {
                case .image(let source) where self == .anthropic && source.detail != nil:
                    paths.append("messages[\(index)].content.image_url.detail")
                case .thinking(_, let signature) where self == .openai || signature == nil:
                    paths.append("messages[\(index)].content.thinking")
                default: break
                }
            }
        }
        return paths
    }

    private func refuse(_ path: String, _ reason: String, _ remedy: String) -> ConversionObstacle {
        let peer = self == .openai ? "an Anthropic" : "an OpenAI"
        return ConversionObstacle(path: path, reason: "\(reason) \(remedy), or ask for \(peer)-format model.")
    }

    private func unknown(_ extra: ExtraField, to source: WireFormat) -> ConversionObstacle {
        let remedy =
            remedies[extra.name] ?? "Leave '\(extra.path)' out, or ask for a model of \(source.title)'s format."
        return ConversionObstacle(
            path: extra.path, reason: "'\(extra.path)' cannot be carried to a model of \(title)'s format. \(remedy)")
    }

    private func obstacle(
        to part: ContentPart, at path: @autoclosure () -> String
    ) -> ConversionObstacle? {
        switch part {
        case .other(let type, _):
            return refuse(path(), "Content of type '\(type)' has no counterpart in \(title)'s format.", "Leave it out")
        case .toolResult(let result):
            for inner in result.content {
                if case .image = inner, self == .openai {
                    return refuse(path(), "OpenAI's tool messages hold text only.", "Send the image in a user turn")
                }
                if let obstacle = obstacle(to: inner, at: path()) { return obstacle }
            }
            return nil
        case .text, .image, .toolCall, .thinking, .refusal: return nil
        }
    }

    private func chatObstacle(to prompt: Prompt) -> ConversionObstacle? {
        if prompt.topK != nil {
            return refuse("top_k", "OpenAI's format has no 'top_k'.", "Leave it out or use 'top_p'")
        }
        if prompt.stop.count > 4 {
            return refuse("stop_sequences", "OpenAI's format takes at most 4 stop sequences.", "Send fewer")
        }
        return nil
    }

    private func messagesObstacle(to prompt: Prompt) -> ConversionObstacle? {
        if let temperature = prompt.temperature, temperature > 1 {
            return refuse("temperature", "Anthropic's temperature ends at 1.", "Send 1 or less")
        }
        if prompt.seed != nil { return refuse("seed", "Anthropic's format has no 'seed'.", "Leave it out") }
        if prompt.outputFormat == .json {
            return refuse("response_format", "Anthropic's format has no JSON mode.", "Send a 'json_schema' instead")
        }
        if prompt.stop.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
            return refuse("stop", "Anthropic refuses stop sequences of white space.", "Send others")
        }
        if prompt.messages.allSatisfy(\.role.isInstruction) {
            return refuse("messages", "Anthropic's format needs a user turn.", "Add one")
        }
        guard prompt.thinkingBudget != nil else { return nil }
        if let temperature = prompt.temperature, temperature != 1 {
            return refuse(
                "temperature", "Anthropic's models think at temperature 1 only.", "Send 1 or no 'reasoning_effort'")
        }
        switch prompt.toolChoice {
        case .required?, .named?:
            return refuse("tool_choice", "Anthropic's models cannot think before a forced call.", "Send 'auto'")
        case nil, .auto?, ToolChoice.none?: return nil
        }
    }
}
