/// Tells when a mean loss has come to exceed a bound, whenever that happens.
///
/// The bets of ``SequentialTest``, but whoever has less than his stake starts again with 1, so that a long good past does not
/// hide a bad present (an e-detector of the CUSUM kind; Shin, Ramdas and Rinaldo 2023). While the loss stays at most
/// the bound, ``threshold`` pairs at least pass in the mean before a false alarm.
package struct LossAlarm: Sendable {
    /// How many times the stake must be won; also the least mean number of pairs to a false alarm.
    package static let threshold = 1000.0

    private let gamble: Gamble
    private var wealths = [Double](repeating: 1, count: Gamble.fractions.count)
    /// Whether it has gone off; it stays so.
    package private(set) var hasGoneOff = false

    /// An alarm for losses from −1 to 1 and a bound between 0 and 1.
    package init(bound: Double) {
        gamble = Gamble(against: .lossAtMost, bound: bound)
    }

    /// Takes in a pair's loss.
    package mutating func add(loss: Double) {
        guard !hasGoneOff else { return }
        for bettor in wealths.indices {
            wealths[bettor] = max(1, wealths[bettor]) * gamble.factor(bettor, loss: loss)
        }
        hasGoneOff = wealths.reduce(0, +) / Double(wealths.count) >= Self.threshold
    }
}
