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
    /// The dearer prices of long inputs; nil where length does not matter.
    package var longInput: LongInputPrices?

    package init(
        input: Picodollars, output: Picodollars, cacheRead: Picodollars? = nil, cacheWrite: Picodollars? = nil,
        cacheWriteLong: Picodollars? = nil, reasoning: Picodollars? = nil,
        longInput: LongInputPrices? = nil
    ) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead ?? input
        self.cacheWrite = cacheWrite ?? input
        self.cacheWriteLong = cacheWriteLong ?? cacheWrite ?? input
        self.reasoning = reasoning ?? output
        self.longInput = longInput
    }

    /// Dollars for a million tokens, three of them input for each of output: to compare models by, not to charge.
    package var dollarsPerMillion: Double { Double(3 * input.count + output.count) / 4_000_000 }

    /// What an attempt cost: exact in picodollars, rounded half-up once to nanodollars.
    ///
    /// A sum beyond what 64 bits hold becomes the largest amount there is: no real attempt comes near it.
    package func cost(of usage: TokenUsage) -> Nanodollars {
        if let tier = longInput, usage.totalInput > tier.threshold { return tier.prices.cost(of: usage) }
        // No product of two 64-bit numbers reaches 2^127.
        func part(_ tokens: Int, _ price: Picodollars) -> Int128 { Int128(price.count) &* Int128(tokens) }
        let sum =
            part(usage.input, input) + part(usage.cacheRead, cacheRead) + part(usage.cacheWrite, cacheWrite)
            + part(usage.cacheWriteLong, cacheWriteLong) + part(usage.output - usage.reasoning, output)
            + part(usage.reasoning, reasoning)
        // The bound leaves room for the rounding.
        return Nanodollars(rounding: Int64(clamping: min(sum, Int128(Int64.max - 1000))))
    }
}

/// Prices that hold for a whole request once its input is longer than a threshold, as providers charge long contexts.
package struct LongInputPrices: Hashable, Sendable {
    /// Input tokens of all classes; one more and ``prices`` hold, for the output too.
    package let threshold: Int
    // Each by itself, for prices may have a tier as far as the types go, and a value cannot hold its own kind.
    private let input: Picodollars
    private let output: Picodollars
    private let cacheRead: Picodollars
    private let cacheWrite: Picodollars
    private let cacheWriteLong: Picodollars
    private let reasoning: Picodollars

    /// What each token of such a request costs.
    package var prices: ModelPrices {
        ModelPrices(
            input: input, output: output, cacheRead: cacheRead, cacheWrite: cacheWrite, cacheWriteLong: cacheWriteLong,
            reasoning: reasoning)
    }

    /// Creates a tier; one that the prices themselves might have is ignored, for there is one threshold at most.
    package init(above threshold: Int, prices: ModelPrices) {
        self.threshold = threshold
        (input, output, reasoning) = (prices.input, prices.output, prices.reasoning)
        (cacheRead, cacheWrite, cacheWriteLong) = (prices.cacheRead, prices.cacheWrite, prices.cacheWriteLong)
    }
}
