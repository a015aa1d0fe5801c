private import Glibc

/// From evidence to one number: the calibrated probability that an answer is right.
///
/// The log-odds are linear in the signals; what a signal counts may be fitted, whether for or against is fixed by
/// ``Signal/direction``, so that what one kind of question taught does no harm to another.
package struct RightnessModel: Sendable, Equatable {
    /// The log-odds without any signal.
    package let intercept: Double
    /// What one unit of each signal adds to the log-odds, in the order of ``Signal``.
    package let weights: [Double]

    /// The share of right answers where the shipped weights were fitted, from which a prior is told apart.
    private static let usualOdds = 0.0
    /// How much of a prior's log-odds counts beside the evidence.
    private static let priorWeight = 0.8

    package init(intercept: Double, weights: [Signal: Double]) {
        self.intercept = intercept
        self.weights = Signal.allCases.map { weights[$0] ?? 0 }
    }

    /// The weights that Farthing ships with.
    package static let shipped = RightnessModel(intercept: shippedIntercept, weights: shippedWeights)

    /// The log-odds that evidence alone gives.
    package func score(_ signals: SignalVector) -> Double {
        zip(weights, signals.values).reduce(intercept) { $0 + $1.0 * $1.1 }
    }

    /// The probability that an answer with these signals is right.
    ///
    /// `prior` is the probability that was expected of the model on this prompt before it answered, if one was.
    package func probability(_ signals: SignalVector, prior: Double? = nil) -> Double {
        var odds = score(signals)
        if let prior {
            let kept = min(max(prior, 0.001), 0.999)
            odds += Self.priorWeight * (log(kept / (1 - kept)) - Self.usualOdds)
        }
        return 1 / (1 + exp(-odds))
    }
}
