internal import Glibc
internal import Synchronization

/// Keeps a route at the saving that is wanted: finds what a right answer must be worth for it.
///
/// Stochastic approximation (Robbins and Monro, 1951): after each decision the logarithm of the value takes a step in
/// proportion to how far the saving was from what is wanted, weighed by what the baseline would cost. It comes to rest
/// where the expected saving, in dollars, is the one wanted, whatever prices and prompts are.
package final class SavingControl: Sendable {
    /// The share of the baseline's cost that is to be saved.
    let share: Double
    private let state = Mutex(State())

    private struct State {
        /// Of dollars for a right answer; nil before the first decision.
        var logValue: Double?
        /// The running mean of what the baseline would have cost, in dollars.
        var scale = 0.0
    }

    private static let step = 0.1

    init(share: Double) {
        self.share = share
    }

    /// Dollars for a right answer.
    var value: Double { state.withLock { $0.logValue.map(exp) ?? 1 } }

    /// Takes note of a decision: what was chosen and what the baseline would have cost, in dollars as expected.
    func note(cost: Double, baseline: Double) {
        guard baseline > 0 else { return }
        state.withLock { state in
            guard let logValue = state.logValue else {
                state.logValue = log(baseline * 20)
                state.scale = baseline
                return
            }
            state.scale += 0.01 * (baseline - state.scale)
            let surplus = (baseline - cost - share * baseline) / state.scale
            state.logValue = min(max(logValue + Self.step * surplus, -40), 40)
        }
    }
}
