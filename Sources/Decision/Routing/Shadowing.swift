package import Dialogue

/// How often the answers of a route are compared with the baseline's, after they were delivered.
package struct Shadowing: Hashable, Sendable {
    /// The share of exchanges that are compared.
    package var share: Double
    /// The most that it may cost a day, UTC; nil for any.
    package var budget: Nanodollars?

    package init(share: Double, budget: Nanodollars? = nil) {
        self.share = share
        self.budget = budget
    }
}

/// Who answers while no policy is certified.
package enum Interim: String, CaseIterable, Hashable, Sendable {
    /// Whom estimates name.
    case estimates
    /// The baseline, whatever it costs.
    case baseline
}
