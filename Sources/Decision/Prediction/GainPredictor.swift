/// The learned difference of two models' scores.
package struct GainPredictor: Hashable, Sendable {
    package var cheap: String
    package var strong: String
    /// One weight for each standardised surface signal.
    package var weights: [Float]
    package var intercept: Double
    /// One weight for each standardised input: what the stronger model alone gets right, never below nothing; empty, as what
    /// follows, where needs were not learned.
    package var needWeights: [Float] = []
    package var needIntercept = 0.0
    package var mixture = NeedMixture(weights: [])
    /// Percentiles of the held-out needs, from the least to the greatest.
    package var percentiles: [Float] = []

    /// Whether it is the difference of these two, either way round.
    package func isPair(_ cheap: String, _ strong: String) -> Bool {
        (self.cheap == cheap && self.strong == strong) || (self.cheap == strong && self.strong == cheap)
    }

    func gain(_ values: [Float]) -> Double { zip(weights, values).reduce(intercept) { $0 + Double($1.0 * $1.1) } }

    /// A prompt's need for the stronger model, given the probabilities that either is right; only its order among prompts means
    /// anything.
    func need(_ values: [Float], cheap: Double, strong: Double) -> Double {
        let learned = zip(needWeights, values).reduce(needIntercept) { $0 + Double($1.0 * $1.1) }
        return mixture.need(NeedMixture.Signs(failure: 1 - cheap, strong: strong, learned: learned))
    }

    /// 0...1, linear between percentiles.
    func rank(of need: Double) -> Double {
        guard let first = percentiles.first, let last = percentiles.last, percentiles.count > 1 else { return 0.5 }
        let need = Float(need)
        if need <= first { return 0 }
        if need >= last { return 1 }
        let above = percentiles.firstIndex { $0 > need } ?? percentiles.count - 1
        let (low, high) = (percentiles[above - 1], percentiles[above])
        let part = high > low ? Double((need - low) / (high - low)) : 0
        return (Double(above - 1) + part) / Double(percentiles.count - 1)
    }
}
