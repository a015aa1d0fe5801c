package import Statistics

/// How often live certificates would break their promise: runs of pairs drawn from prompts whose scores are all known, with
/// a look after each pair.
package struct LiveTrial: Sendable {
    package let runs: Int
    /// Runs in which some policy cheaper than the baseline was certified at some time.
    package let issued: Int
    /// Runs in which at some time a policy was certified whose loss over all prompts exceeds the bound.
    package let broken: Int
    /// Runs in which a policy was given up whose loss over all prompts is within the bound.
    package let falseAlarms: Int
    /// The mean share of the baseline's cost saved by what is certified at the end.
    package let saving: Double
    /// What the cheapest policy saves whose loss over all prompts is under the bound.
    package let oracleSaving: Double

    /// The share of runs that broke the promise, with its score interval.
    package var brokenShare: Proportion { Proportion(successes: broken, trials: runs) }

    /// Draws `pairs` prompts with replacement, one after the other, `runs` times; at least one of each.
    package init(_ outcomes: PolicyOutcomes, bound: Double, confidence: Double, pairs: Int, runs: Int, seed: UInt64) {
        let path = Self.path(of: outcomes)
        var generator = Xoshiro256(seed: seed)
        var (issued, broken, falseAlarms, saving) = (0, 0, 0, 0.0)
        for _ in 0..<runs {
            var certificate = LiveCertificate(policies: path.count, bound: bound, confidence: confidence)
            var (isBroken, most) = (false, 0)
            for _ in 0..<pairs {
                let row = generator.drawIndex(below: outcomes.prompts.count)
                guard !certificate.add(path.map { $0.losses[row] }).isEmpty else { continue }
                most = max(most, certificate.certified)
                isBroken = isBroken || path.prefix(certificate.certified).contains { $0.loss > bound }
            }
            if path.prefix(most).contains(where: { $0.saving > 0 }) { issued += 1 }
            if isBroken { broken += 1 }
            if certificate.ceiling < path.count, path[certificate.ceiling].loss <= bound { falseAlarms += 1 }
            saving += certificate.certified > 0 ? path[certificate.certified - 1].saving : 0
        }
        self.runs = runs
        self.issued = issued
        self.broken = broken
        self.falseAlarms = falseAlarms
        self.saving = saving / Double(runs)
        oracleSaving = path.filter { $0.loss < bound }.map(\.saving).max() ?? 0
    }

    /// A policy on all prompts.
    private struct Outcome {
        let losses: [Double]
        let loss: Double
        let saving: Double
    }

    /// The policies that reach or cost something else than the one before.
    private static func path(of outcomes: PolicyOutcomes) -> [Outcome] {
        var path: [Outcome] = []
        var last: Int?
        let baseline = outcomes.baselineCosts.reduce(0, +)
        for policy in outcomes.values.indices {
            if let last, outcomes.scores[last] == outcomes.scores[policy],
                outcomes.costs[last] == outcomes.costs[policy]
            {
                continue
            }
            last = policy
            let losses = zip(outcomes.baselineScores, outcomes.scores[policy]).map { $0 - $1 }
            let paid = outcomes.costs[policy].reduce(0, +)
            path.append(
                Outcome(
                    losses: losses, loss: losses.reduce(0, +) / Double(max(losses.count, 1)),
                    saving: baseline > 0 ? 1 - paid / baseline : 0))
        }
        return path
    }
}
