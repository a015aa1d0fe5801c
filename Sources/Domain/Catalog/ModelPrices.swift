package import Dialogue

/// Picodollars for a token of each class.
package struct ModelPrices: Hashable, Sendable {
    package var input: Picodollars
    package var output: Picodollars
    /// Defaults to ``input`` where the provider has no cache price.
    package var cacheRead: Picodollars
    package var cacheWrite: Picodollars
    package var cacheWriteLong: Picodollars
    /// Defaults to ``output``.
    package var reasoning: Picodollars

    package init(
        input: Picodollars, output: Picodollars, cacheRead: Picodollars? = nil, cacheWrite: Picodollars? = nil,
        cacheWriteLong: Picodollars? = nil, reasoning: Picodollars? = nil
    ) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead ?? input
        self.cacheWrite = cacheWrite ?? input
        self.cacheWriteLong = cacheWriteLong ?? cacheWrite ?? input
        self.reasoning = reasoning ?? output
    }

    /// What an attempt cost: exact in picodollars, rounded half-up once to nanodollars.
    package func cost(of usage: TokenUsage) -> Nanodollars {
        let sum =
            Int64(usage.input) * input.count
            + Int64(usage.cacheRead) * cacheRead.count
            + Int64(usage.cacheWrite) * cacheWrite.count
            + Int64(usage.cacheWriteLong) * cacheWriteLong.count
            + Int64(usage.output - usage.reasoning) * output.count
            + Int64(usage.reasoning) * reasoning.count
        return Nanodollars(rounding: sum)
    }
}
