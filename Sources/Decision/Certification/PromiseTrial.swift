package import Statistics

/// How often certificates would break their promise: certificates are made from samples of prompts whose scores are all
/// known, and each is held against all of them.
package struct PromiseTrial: Sendable {
    package let draws: Int
    /// How many draws led to a certificate.
    package let issued: Int
    /// How many certificates promised a loss that the policy exceeds over all prompts.
    package let broken: Int
    /// The mean share of the baseline's cost saved over all prompts, 0 where there was no certificate.
    package let saving: Double
    /// What the cheapest policy saves whose loss over all prompts is under the bound.
    package let oracleSaving: Double

    /// The share of draws that broke the promise, with its 95 % score interval.
    package var brokenShare: Proportion { Proportion(successes: broken, trials: draws) }

    /// Draws `pairs` prompts with replacement, `draws` times; at least one of each.
    package init(_ outcomes: PolicyOutcomes, certifier: Certifier, pairs: Int, draws: Int, seed: UInt64) {
        let all = Array(outcomes.prompts)
        let isGraded = outcomes.isGraded
        let top = outcomes.baseline(all)
        let results = outcomes.values.indices.map { policy in
            let point = outcomes.point(policy, all)
            return (loss: top.quality - point.quality, saving: top.cost > 0 ? 1 - point.cost / top.cost : 0)
        }
        var generator = Xoshiro256(seed: seed)
        var (issued, broken, saving) = (0, 0, 0.0)
        for _ in 0..<draws {
            let rows = (0..<pairs).map { _ in Int.random(in: outcomes.prompts, using: &generator) }
            guard let place = certifier.walk(outcomes, rows: rows, isGraded: isGraded) else { continue }
            issued += 1
            if results[place].loss > certifier.margin { broken += 1 }
            saving += results[place].saving
        }
        self.draws = draws
        self.issued = issued
        self.broken = broken
        self.saving = saving / Double(draws)
        oracleSaving = results.filter { $0.loss < certifier.margin }.map(\.saving).max() ?? 0
    }
}
