private import Glibc

/// Paired right-or-wrong outcomes of a candidate and a baseline, and what they prove about the candidate's loss.
///
/// The loss is the share of harms less the share of gains. The test is the score test for paired proportions (Tango
/// 1998). With hardly any discordant pair it is too bold, so the exact probability of the most extreme sample that the
/// hypothesis allows bounds each p-value from below.
package struct PairedTally: Sendable, Equatable {
    /// All pairs, the concordant ones too.
    package let pairs: Int
    /// Pairs in which the baseline alone was right; an undecided pair counts as one.
    package let harms: Int
    /// Pairs in which the candidate alone was right.
    package let gains: Int

    /// A tally; harms and gains are part of the pairs.
    package init(pairs: Int, harms: Int, gains: Int) {
        precondition(harms >= 0 && gains >= 0 && harms + gains <= pairs, "harms and gains are part of the pairs")
        self.pairs = pairs
        self.harms = harms
        self.gains = gains
    }

    /// The observed loss; zero without pairs.
    package var loss: Double { pairs == 0 ? 0 : Double(harms - gains) / Double(pairs) }

    /// The share of pairs that differ; zero without pairs.
    package var discordance: Double { pairs == 0 ? 0 : Double(harms + gains) / Double(pairs) }

    /// Tango's z for a true loss of `margin`, which lies between 0 and 1; zero without pairs.
    package func z(margin: Double) -> Double {
        precondition(margin > 0 && margin < 1, "a margin lies between 0 and 1")
        guard pairs > 0 else { return 0 }
        let (n, h, g) = (Double(pairs), Double(harms), Double(gains))
        let b = -h - g + (2 * n - h + g) * margin
        let c = -g * margin * (1 - margin)
        let q = (-b + (b * b - 8 * n * c).squareRoot()) / (4 * n)
        return (h - g - n * margin) / (n * (2 * q + margin * (1 - margin))).squareRoot()
    }

    /// The p-value of "the loss is at least `margin`".
    ///
    /// Not below (1 − margin)ⁿ, the largest probability of n pairs without a discordant one.
    package func pValue(lossAtLeast margin: Double) -> Double {
        max(NormalDistribution.cumulative(z(margin: margin)), pow(1 - margin, Double(pairs)))
    }

    /// The p-value of "the loss is at most `margin`".
    ///
    /// Not below ((1 + margin) / 2)ⁿ, the largest probability of n harms in n pairs.
    package func pValue(lossAtMost margin: Double) -> Double {
        max(NormalDistribution.cumulative(-z(margin: margin)), pow((1 + margin) / 2, Double(pairs)))
    }

    /// Whether it is shown that the loss is less than `margin`; never with fewer pairs than `minimumPairs`.
    package func rejectsLoss(atLeast margin: Double, confidence: Double = 0.95) -> Bool {
        pValue(lossAtLeast: margin) <= 1 - confidence
    }

    /// Whether it is shown that the loss is more than `margin`.
    package func rejectsLoss(atMost margin: Double, confidence: Double = 0.95) -> Bool {
        pValue(lossAtMost: margin) <= 1 - confidence
    }

    /// The fewest pairs that can show a loss of less than `margin`: ln(1 − confidence) / ln(1 − margin).
    package static func minimumPairs(margin: Double, confidence: Double = 0.95) -> Int {
        precondition(margin > 0 && margin < 1 && confidence > 0 && confidence < 1, "shares lie between 0 and 1")
        return Int((log(1 - confidence) / log(1 - margin)).rounded(.up))
    }

    /// About how many pairs in all show a loss of less than `margin` with a power of 80 %, if it is as observed.
    ///
    /// At 95 % confidence 6.18 · discordance / (margin − loss)²; never fewer than ``minimumPairs(margin:confidence:)``.
    /// Nil, that is never, if the observed loss is not below the margin.
    package func pairsNeeded(margin: Double, confidence: Double = 0.95) -> Int? {
        let minimum = Self.minimumPairs(margin: margin, confidence: confidence)
        let room = margin - loss
        guard room > 0 else { return nil }
        let reach = NormalDistribution.quantile(confidence) + NormalDistribution.quantile(0.8)
        let pairs = (reach * reach * discordance / (room * room)).rounded(.up)
        return pairs < 1e15 ? max(minimum, Int(pairs)) : nil
    }
}
