/// What two probabilities alone say of a prompt's need for the stronger of two models: the chance that it alone is right.
///
/// Linear in the probability that the cheaper model fails and in that the stronger one is right, by least squares with neither
/// counting less than nothing: where the stronger model's success cannot be foretold, prompts are ranked as the first does.
package struct NeedLine: Hashable, Sendable {
    package var intercept = 0.0
    package var ofFailure = 0.0
    package var ofSuccess = 0.0

    /// Variance added to either probability: what varies by less than a point or so has no say.
    private static let leastVariance = 1e-4

    package init(intercept: Double, ofFailure: Double, ofSuccess: Double) {
        (self.intercept, self.ofFailure, self.ofSuccess) = (intercept, ofFailure, ofSuccess)
    }

    /// Fits needs to probabilities of those who had not seen them.
    package init(failures: [Double], successes: [Double], needs: [Double], weights: [Double]) {
        let total = weights.reduce(0, +)
        func mean(_ value: (Int) -> Double) -> Double {
            weights.indices.reduce(0) { $0 + weights[$1] * value($1) } / total
        }
        let (failure, success, need) = (mean { failures[$0] }, mean { successes[$0] }, mean { needs[$0] })
        let ofFailures = mean { (failures[$0] - failure) * (failures[$0] - failure) } + Self.leastVariance
        let ofSuccesses = mean { (successes[$0] - success) * (successes[$0] - success) } + Self.leastVariance
        let ofBoth = mean { (failures[$0] - failure) * (successes[$0] - success) }
        let (one, other) = (
            mean { (failures[$0] - failure) * (needs[$0] - need) },
            mean { (successes[$0] - success) * (needs[$0] - need) }
        )
        let determinant = ofFailures * ofSuccesses - ofBoth * ofBoth
        (ofFailure, ofSuccess) = (
            (ofSuccesses * one - ofBoth * other) / determinant, (ofFailures * other - ofBoth * one) / determinant
        )
        if ofFailure < 0 || ofSuccess < 0 {
            // One of the two alone, whichever leaves less.
            let (first, second) = (max(one, 0), max(other, 0))
            let isFailure = first * first / ofFailures >= second * second / ofSuccesses
            (ofFailure, ofSuccess) = isFailure ? (first / ofFailures, 0) : (0, second / ofSuccesses)
        }
        intercept = need - ofFailure * failure - ofSuccess * success
    }

    func callAsFunction(failure: Double, success: Double) -> Double {
        intercept + ofFailure * failure + ofSuccess * success
    }
}
