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

    /// How much of a prior's log-odds counts beside the evidence: a judgement, since both know the prompt's length in part.
    private static let priorWeight = 0.8
    /// The strength from which on evidence bounds the probability.
    private static let certainty = 0.9

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

    /// The probability that an answer is right of which this was found: what the signals give, and where a check is all but
    /// certain no more than it leaves, or no less than it vouches for.
    package func probability(_ findings: Findings, prior: Double? = nil, trust: Double = 1) -> Double {
        let bounds = Self.bounds(findings)
        return min(max(probability(findings.signals, prior: prior, trust: trust), bounds.lowerBound), bounds.upperBound)
    }

    /// How far what is expected of a single prompt is to be trusted that rests on so many outcomes of the model beside what public
    /// ones tell, which counts as twenty: with some forty it tells hardly anything and hides what the evidence does tell.
    package static func trust(inOutcomes count: Int) -> Double {
        let count = Double(count)
        return 1 - count / (count + 20) * 200 / (count + 200)
    }

    /// What findings that are all but certain leave of the probability.
    package static func bounds(_ findings: Findings) -> ClosedRange<Double> {
        var (least, most) = (0.0, 1.0)
        for found in findings.evidence where found.strength >= certainty {
            switch found.verdict {
            case .fails: most = min(most, 1 - found.strength)
            case .passes: least = max(least, found.strength)
            case .unclear: break
            }
        }
        return min(least, most)...most
    }

    /// The probability that an answer with these signals is right.
    ///
    /// `prior` is the probability that was expected of the model on this prompt before it answered, if one was: it knows
    /// what the question demands. `trust` says how far to believe it, from 0 to 1.
    package func probability(_ signals: SignalVector, prior: Double? = nil, trust: Double = 1) -> Double {
        var odds = score(signals)
        if let prior {
            for signal in Signal.ofQuestions { odds -= trust * weights[signal.rawValue] * signals[signal] }
            let kept = min(max(prior, 0.001), 0.999)
            odds += trust * Self.priorWeight * log(kept / (1 - kept))
        }
        return 1 / (1 + exp(-odds))
    }
}
