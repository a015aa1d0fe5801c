/// Evidence about a mean loss that may be looked at after every pair.
///
/// It is the wealth of someone who starts with 1 and bets on each loss before it is seen, at odds that are fair or worse if
/// the hypothesis is true; then the wealth ever reaches 1/δ with a probability of at most δ (Ville 1939; Waudby-Smith and
/// Ramdas 2024). Six bettors share the stake, each with a fixed bet, so that the evidence does not depend on the order of
/// the losses.
package struct SequentialTest: Sendable {
    /// What is to be refuted.
    package enum Hypothesis: Hashable, Sendable {
        /// The mean loss is at least the bound.
        case lossAtLeast
        /// The mean loss is at most the bound.
        case lossAtMost
    }

    private let gamble: Gamble
    private var wealths = [Double](repeating: 1, count: Gamble.fractions.count)
    /// How many losses were taken in.
    package private(set) var count = 0

    /// A test of losses from −1 to 1 against a bound between 0 and 1.
    package init(_ hypothesis: Hypothesis, bound: Double) {
        gamble = Gamble(against: hypothesis, bound: bound)
    }

    /// Takes in a pair's loss: the baseline's score less the policy's.
    package mutating func add(loss: Double) {
        count += 1
        for bettor in wealths.indices { wealths[bettor] *= gamble.factor(bettor, loss: loss) }
    }

    /// How many times the stake was won: the inverse of a p-value.
    package var evidence: Double { wealths.reduce(0, +) / Double(wealths.count) }

    /// Whether the hypothesis is refuted; it stays so, whatever comes later.
    package func isRefuted(confidence: Double) -> Bool { evidence >= 1 / (1 - confidence) }
}

/// The bets of a handful of bettors against one hypothesis.
struct Gamble: Sendable {
    /// Of the greatest bet that cannot lose more than there is.
    ///
    /// The boldest wins most where pairs hardly ever differ, the most careful where many do. Halving loses little against
    /// the best single bet: a share of the stake, and neighbours make up for most of it.
    static let fractions = [1, 0.5, 0.25, 0.125, 0.0625, 0.03125]

    private let bound: Double
    private let sign: Double
    private let most: Double

    init(against hypothesis: SequentialTest.Hypothesis, bound: Double) {
        precondition(bound > 0 && bound < 1, "a bound lies between 0 and 1")
        self.bound = bound
        sign = hypothesis == .lossAtLeast ? 1 : -1
        most = hypothesis == .lossAtLeast ? 1 / (1 - bound) : 1 / (1 + bound)
    }

    /// By what a bettor's wealth is multiplied; at most 1 in the mean if the hypothesis is true.
    func factor(_ bettor: Int, loss: Double) -> Double {
        precondition(loss >= -1 && loss <= 1, "a loss lies between -1 and 1")
        return max(0, 1 + Self.fractions[bettor] * most * sign * (bound - loss))
    }
}
