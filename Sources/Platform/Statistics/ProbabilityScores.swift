/// How far probabilities are from what came; lower is better.
package enum ProbabilityScores {
    /// The mean squared difference (Brier 1950); nil without outcomes.
    ///
    /// Proper: the true probability does best, and for graded outcomes between 0 and 1 the true mean does.
    package static func brier(probabilities: [Double], outcomes: [Double]) -> Double? {
        precondition(probabilities.count == outcomes.count, "each probability needs an outcome")
        guard !outcomes.isEmpty else { return nil }
        let sum = zip(probabilities, outcomes).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return sum / Double(outcomes.count)
    }
}
