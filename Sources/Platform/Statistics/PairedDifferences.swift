/// Paired graded scores of a candidate and a baseline, each from 0 to 1, and a normal bound on the mean loss.
///
/// For scores of only 0 and 1 ``PairedTally`` is better. Undecided pairs are added as a loss of one.
package struct PairedDifferences: Sendable, Equatable {
    /// How many pairs there are.
    package private(set) var pairs = 0
    /// The mean of the baseline's score less the candidate's.
    package private(set) var meanLoss = 0.0
    /// The sum of squared deviations from the mean (Welford 1962).
    private var deviation = 0.0

    /// No pairs yet.
    package init() {}

    /// Takes in a pair.
    package mutating func add(baseline: Double, candidate: Double) {
        precondition((0...1).contains(baseline) && (0...1).contains(candidate), "scores lie between 0 and 1")
        let loss = baseline - candidate
        pairs += 1
        let before = loss - meanLoss
        meanLoss += before / Double(pairs)
        deviation += before * (loss - meanLoss)
    }

    /// The standard error of the mean loss; infinite with fewer than two pairs.
    package var standardError: Double {
        pairs < 2 ? .infinity : (deviation / Double(pairs - 1) / Double(pairs)).squareRoot()
    }

    /// The loss that the mean is below with this confidence, one-sided.
    package func upperBound(confidence: Double = 0.95) -> Double {
        meanLoss + NormalDistribution.quantile(confidence) * standardError
    }

    /// Whether it is shown that the loss is less than `margin`.
    ///
    /// As for right-or-wrong outcomes, never with fewer pairs than ``PairedTally/minimumPairs(margin:confidence:)``: when
    /// all pairs agree, the bound alone is too bold.
    package func rejectsLoss(atLeast margin: Double, confidence: Double = 0.95) -> Bool {
        pairs >= PairedTally.minimumPairs(margin: margin, confidence: confidence)
            && upperBound(confidence: confidence) < margin
    }
}
