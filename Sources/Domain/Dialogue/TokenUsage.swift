/// What a provider says an attempt consumed, each token in exactly one class but for ``reasoning``.
///
/// OpenAI counts cached tokens inside `prompt_tokens`, Anthropic beside `input_tokens`: decoding takes them apart.
package struct TokenUsage: Hashable, Sendable {
    /// Input tokens at the full price: neither read from nor written to a cache.
    package var input: Int
    /// Input tokens read from the provider's prompt cache.
    package var cacheRead: Int
    /// Input tokens written to the cache for its usual time.
    package var cacheWrite: Int
    /// Input tokens written to the cache for an hour (Anthropic).
    package var cacheWriteLong: Int
    /// All output tokens, reasoning included.
    package var output: Int
    /// The part of ``output`` that was reasoning.
    package var reasoning: Int
    /// Whether the gateway counted because the provider sent no usage.
    package var isEstimated: Bool

    package init(
        input: Int = 0, cacheRead: Int = 0, cacheWrite: Int = 0, cacheWriteLong: Int = 0, output: Int = 0,
        reasoning: Int = 0, isEstimated: Bool = false
    ) {
        self.input = input
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.cacheWriteLong = cacheWriteLong
        self.output = output
        self.reasoning = reasoning
        self.isEstimated = isEstimated
    }

    /// Input tokens of all classes.
    package var totalInput: Int { input + cacheRead + cacheWrite + cacheWriteLong }
}
