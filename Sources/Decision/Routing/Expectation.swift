/// What is expected of a candidate on one prompt.
package struct Expectation: Hashable, Sendable {
    /// The probability that its answer is right.
    package var probability: Double
    /// An interval that holds the true probability with 90 %, as far as the outcomes seen tell; nil where nothing tells.
    package var interval: ClosedRange<Double>?
    /// By how much its score is expected to exceed the baseline's.
    package var lead: Double
    /// How many outcomes of one's own this rests on.
    package var outcomes: Int
    /// What it rests on where there are no outcomes, as half a sentence.
    package var basis: String
    /// Dollars, where something better than the price and the usual length of answers tells.
    package var cost: Double?

    package init(
        probability: Double, interval: ClosedRange<Double>? = nil, lead: Double, outcomes: Int,
        basis: String = "by its grade alone", cost: Double? = nil
    ) {
        self.probability = probability
        self.interval = interval
        self.lead = lead
        self.outcomes = outcomes
        self.basis = basis
        self.cost = cost
    }
}
