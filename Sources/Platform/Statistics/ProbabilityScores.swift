private import Glibc

/// How far probabilities are from what came; lower is better.
///
/// Both scores are proper: the true probability does best, and for graded outcomes between 0 and 1 the true mean does.
package enum ProbabilityScores {
    /// The mean squared difference (Brier 1950); nil without outcomes.
    package static func brier(probabilities: [Double], outcomes: [Double]) -> Double? {
        mean(probabilities, outcomes) { ($0 - $1) * ($0 - $1) }
    }

    /// The mean cross-entropy in nats; nil without outcomes, infinite if something impossible came.
    package static func logLoss(probabilities: [Double], outcomes: [Double]) -> Double? {
        mean(probabilities, outcomes) { probability, outcome in
            (outcome > 0 ? -outcome * log(probability) : 0)
                + (outcome < 1 ? -(1 - outcome) * log1p(-probability) : 0)
        }
    }

    private static func mean(
        _ probabilities: [Double], _ outcomes: [Double], _ loss: (Double, Double) -> Double
    ) -> Double? {
        precondition(probabilities.count == outcomes.count, "each probability needs an outcome")
        guard !outcomes.isEmpty else { return nil }
        return zip(probabilities, outcomes).reduce(0) { $0 + loss($1.0, $1.1) } / Double(outcomes.count)
    }
}
