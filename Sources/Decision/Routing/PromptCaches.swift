package import Dialogue

/// Which conversations providers are likely to have in their prompt caches, and how much of them they then read there.
///
/// Whether a provider caches at all is learned from what it says of turns that could have been cached: until it has said so
/// once, nothing is expected. Bounded: the conversations seen last are known.
package struct PromptCaches: Sendable {
    /// A turn of a conversation as numbers: equal for equal prompts.
    package struct Turn: Hashable, Sendable {
        /// Names the prompt as it is.
        package var whole: Int
        /// Names the prompt to which the last answer in it was given; nil in the first turn.
        package var earlier: Int?

        package init(whole: Int, earlier: Int?) {
            self.whole = whole
            self.earlier = earlier
        }
    }

    private struct Seen {
        var model: ModelName
        var tokens: Int
        var time: Int64
    }

    private struct Share {
        var count = 0.0
        var mean = 0.0
    }

    /// The shortest input that providers cache (OpenAI, "Prompt caching"; Anthropic, "Prompt caching").
    package static let leastTokens = 1024
    /// Microseconds for which caches keep what nobody asks for, by the same sources.
    private static let lifetime: Int64 = 300_000_000

    private let limit: Int
    private var young: [Int: [Seen]] = [:]
    private var old: [Int: [Seen]] = [:]
    private var shares: [ModelName: Share] = [:]

    /// Knows at least the last `limit` turns, and at most twice as many.
    package init(limit: Int = 5_000) {
        self.limit = limit
    }

    /// Input tokens of a turn that a model's provider is expected to read from its cache.
    package func cached(_ turn: Turn, of model: ModelName, at time: Int64) -> Int {
        guard let share = shares[model], share.mean > 0, let tokens = seen(turn, of: model, at: time) else { return 0 }
        return Int((share.mean * Double(tokens)).rounded())
    }

    /// Takes note of what a model's provider said of a turn.
    package mutating func note(_ usage: TokenUsage, of turn: Turn, model: ModelName, at time: Int64) {
        guard usage.totalInput >= Self.leastTokens else { return }
        if let tokens = seen(turn, of: model, at: time) {
            var share = shares[model] ?? Share()
            share.count = min(share.count + 1, 50)
            share.mean += (min(Double(usage.cacheRead) / Double(tokens), 1) - share.mean) / share.count
            shares[model] = share
        }
        if young.count >= limit { (old, young) = (young, [:]) }
        young[turn.whole, default: []].removeAll { $0.model == model }
        young[turn.whole, default: []].append(Seen(model: model, tokens: usage.totalInput, time: time))
    }

    /// Input tokens of the turn before, if the model was asked it lately.
    private func seen(_ turn: Turn, of model: ModelName, at time: Int64) -> Int? {
        guard let earlier = turn.earlier, let asked = young[earlier] ?? old[earlier] else { return nil }
        return asked.first { $0.model == model && time - $0.time < Self.lifetime && $0.tokens >= Self.leastTokens }?
            .tokens
    }
}
