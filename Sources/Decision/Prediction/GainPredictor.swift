/// The learned difference of two models' scores.
package struct GainPredictor: Hashable, Sendable {
    package var cheap: String
    package var strong: String
    /// One weight for each standardised surface signal.
    package var weights: [Float]
    package var intercept: Double
    /// What the probabilities of both say of the need: what the stronger model alone gets right, never below nothing.
    package var needLine = NeedLine(intercept: 0, ofFailure: 0, ofSuccess: 0)
    /// One weight for each standardised input, for what that leaves; empty, as what follows, where needs were not learned.
    package var needWeights: [Float] = []
    /// Percentiles of the held-out needs, from the least to the greatest.
    package var percentiles: [Float] = []

    /// Whether it is the difference of these two, either way round.
    package func isPair(_ cheap: String, _ strong: String) -> Bool {
        (self.cheap == cheap && self.strong == strong) || (self.cheap == strong && self.strong == cheap)
    }

    func gain(_ values: [Float]) -> Double { zip(weights, values).reduce(intercept) { $0 + Double($1.0 * $1.1) } }

    /// A prompt's need for the stronger model, given the probabilities that either is right.
    func need(_ values: [Float], cheap: Double, strong: Double) -> Double {
        zip(needWeights, values).reduce(needLine(failure: 1 - cheap, success: strong)) { $0 + Double($1.0 * $1.1) }
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
