/// A share of successes, and where the true share may lie.
package struct Proportion: Sendable, Equatable {
    /// How many succeeded.
    package let successes: Int
    /// How many were tried.
    package let trials: Int

    /// So many successes of so many trials; at least one trial.
    package init(successes: Int, trials: Int) {
        precondition(trials > 0 && successes >= 0 && successes <= trials, "successes are part of the trials")
        self.successes = successes
        self.trials = trials
    }

    /// The observed share.
    package var share: Double { Double(successes) / Double(trials) }

    /// The score interval (Wilson 1927): right on average.
    package func wilson(confidence: Double = 0.95) -> Interval {
        let z = NormalDistribution.quantile(1 - (1 - confidence) / 2)
        let count = Double(trials)
        let centre = (Double(successes) + z * z / 2) / (count + z * z)
        let half = z / (count + z * z) * (share * (1 - share) * count + z * z / 4).squareRoot()
        return Interval(
            lower: successes == 0 ? 0 : centre - half, upper: successes == trials ? 1 : centre + half)
    }
}
