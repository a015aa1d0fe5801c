package import Statistics

/// Looks for the cheapest policy whose loss against the baseline is shown to be under a bound.
///
/// Policies are tried from the most careful to the cheapest, each by one test at the full level, up to the first that fails:
/// fixed-sequence testing keeps the level without correction (Maurer, Hothorn and Lehmacher 1995). What was learned from may
/// not be among the prompts.
package struct Certifier: Sendable {
    /// The bound on the loss, as a share of right answers.
    package let margin: Double
    package let confidence: Double

    package init(margin: Double, confidence: Double = 0.95) {
        self.margin = margin
        self.confidence = confidence
    }

    /// A policy that holds the bound, or the first that did not.
    package struct Finding: Sendable {
        /// What a right answer is worth, in dollars: the policy's only setting.
        package var value: Double
        package var tally: PairedTally
        /// Mean score of the baseline less that of the policy.
        package var loss: Double
        /// The share of the baseline's cost that the policy saves.
        package var saving: Double
        /// Whether the loss is shown to be under the bound: by Tango's test where scores are right or wrong, by the normal bound of
        /// the paired differences where they are graded.
        package var holds: Bool
    }

    package struct Result: Sendable {
        /// The cheapest policy shown to hold the bound; nil if not even the most careful was.
        package var certified: Finding?
        /// Where the walk ended; nil if it went through.
        package var failed: Finding?
    }

    /// Walks down policies on prompts that nothing was learned from.
    package func walk(_ outcomes: PolicyOutcomes) -> Result {
        var result = Result()
        let rows = Array(outcomes.prompts)
        let isGraded = outcomes.isGraded
        for policy in outcomes.values.indices {
            let finding = finding(outcomes, policy, rows, isGraded: isGraded)
            guard finding.holds else {
                result.failed = finding
                return result
            }
            if finding.saving >= result.certified?.saving ?? -.infinity { result.certified = finding }
        }
        return result
    }

    /// The place of the policy that some rows alone would certify, a row as often as it is named; nil if none.
    func walk(_ outcomes: PolicyOutcomes, rows: [Int], isGraded: Bool) -> Int? {
        var best: (saving: Double, place: Int)?
        for policy in outcomes.values.indices {
            let finding = finding(outcomes, policy, rows, isGraded: isGraded)
            guard finding.holds else { break }
            if finding.saving >= best?.saving ?? -.infinity { best = (finding.saving, policy) }
        }
        return best?.place
    }

    private func finding(_ outcomes: PolicyOutcomes, _ policy: Int, _ rows: [Int], isGraded: Bool) -> Finding {
        var differences = PairedDifferences()
        var (harms, gains) = (0, 0)
        for row in rows {
            let (reference, score) = (outcomes.baselineScores[row], outcomes.scores[policy][row])
            differences.add(baseline: reference, candidate: score)
            if score < reference { harms += 1 } else if score > reference { gains += 1 }
        }
        let (paid, baseline) = (outcomes.point(policy, rows).cost, outcomes.baseline(rows).cost)
        let tally = PairedTally(pairs: rows.count, harms: harms, gains: gains)
        return Finding(
            value: outcomes.values[policy], tally: tally, loss: differences.meanLoss,
            saving: baseline > 0 ? 1 - paid / baseline : 0,
            holds: isGraded
                ? differences.rejectsLoss(atLeast: margin, confidence: confidence)
                : tally.rejectsLoss(atLeast: margin, confidence: confidence))
    }
}
