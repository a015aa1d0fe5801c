package import Dialogue

/// What an operator wants of a route, in words that he understands.
package enum Wish: Hashable, Sendable {
    /// To be right at most so much more rarely than the baseline; a share, such as 0.02 for two points.
    case quality(loss: Double)
    /// To save this share of what the baseline would cost, and be right as often as that allows.
    case saving(Double)
    /// To weigh cost against being right: what a right answer is worth.
    case value(Nanodollars)

    /// What routes want that do not say.
    package static let standard = Wish.quality(loss: 0.02)
}

/// How a plan puts candidates in order.
package enum Aim: Hashable, Sendable {
    /// The cheapest whose grade is enough for the kind of task.
    case grade
    /// The cheapest that is expected to be right at most so much more rarely than the baseline.
    case careful(loss: Double)
    /// The greatest expected utility, if a right answer is worth so many dollars.
    case utility(value: Double)
}
