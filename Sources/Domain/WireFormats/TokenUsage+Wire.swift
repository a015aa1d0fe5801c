import Dialogue
import JSON

extension TokenUsage {
    /// OpenAI's counts, in which cached tokens are part of the input.
    ///
    /// Some providers count reasoning beside
    /// `completion_tokens`; their total tells.
    init?(chat value: JSONValue) {
        guard value.isObject else { return nil }
        let prompt = value.tokens("prompt_tokens") ?? 0
        let completion = value.tokens("completion_tokens") ?? 0
        let details = value["prompt_tokens_details"]
        let read = min(prompt, details?.tokens("cached_tokens") ?? value.tokens("prompt_cache_hit_tokens") ?? 0)
        let written = min(prompt - read, details?.tokens("cache_write_tokens") ?? 0)
        let thought = value["completion_tokens_details"]?.tokens("reasoning_tokens") ?? 0
        let isBeside = thought > 0 && value.tokens("total_tokens") == prompt + completion + thought
        let output = isBeside ? completion + thought : completion
        self.init(
            input: prompt - read - written, cacheRead: read, cacheWrite: written, output: output,
            reasoning: min(thought, output))
    }

    /// Anthropic's counts, in which cached tokens stand beside the input.
    ///
    /// What is missing is taken from `earlier`.
    init(messages value: JSONValue, earlier: TokenUsage = TokenUsage()) {
        self = earlier
        input = value.tokens("input_tokens") ?? input
        cacheRead = value.tokens("cache_read_input_tokens") ?? cacheRead
        if let created = value.tokens("cache_creation_input_tokens") {
            let long = value["cache_creation"]?.tokens("ephemeral_1h_input_tokens") ?? cacheWriteLong
            cacheWriteLong = min(long, created)
            cacheWrite = created - cacheWriteLong
        }
        output = value.tokens("output_tokens") ?? output
        reasoning = min(output, value["output_tokens_details"]?.tokens("thinking_tokens") ?? reasoning)
    }
}

extension JSONWriter {
    mutating func chatUsage(_ usage: TokenUsage) {
        key("usage")
        object { writer in
            writer.member("prompt_tokens", usage.totalInput)
            writer.member("completion_tokens", usage.output)
            writer.member("total_tokens", usage.totalInput + usage.output)
            writer.key("prompt_tokens_details")
            writer.object { writer in
                writer.member("cached_tokens", usage.cacheRead)
                let written = usage.cacheWrite + usage.cacheWriteLong
                if written > 0 { writer.member("cache_write_tokens", written) }
            }
            writer.key("completion_tokens_details")
            writer.object { $0.member("reasoning_tokens", usage.reasoning) }
        }
    }

    mutating func messagesUsage(_ usage: TokenUsage) {
        key("usage")
        object { writer in
            writer.member("input_tokens", usage.input)
            writer.member("cache_creation_input_tokens", usage.cacheWrite + usage.cacheWriteLong)
            writer.member("cache_read_input_tokens", usage.cacheRead)
            if usage.cacheWriteLong > 0 {
                writer.key("cache_creation")
                writer.object { writer in
                    writer.member("ephemeral_5m_input_tokens", usage.cacheWrite)
                    writer.member("ephemeral_1h_input_tokens", usage.cacheWriteLong)
                }
            }
            writer.member("output_tokens", usage.output)
            if usage.reasoning > 0 {
                writer.key("output_tokens_details")
                writer.object { $0.member("thinking_tokens", usage.reasoning) }
            }
        }
    }
}
