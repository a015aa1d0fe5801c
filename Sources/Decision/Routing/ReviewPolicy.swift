/// Which answers a person should look at, and whether the client gets them before.
package struct ReviewPolicy: Hashable, Sendable {
    package enum Action: String, CaseIterable, Hashable, Sendable {
        /// Nothing is sent to review.
        case off
        /// The answer is delivered, and listed for review.
        case flag
        /// The client is told that a person has to look first.
        case hold
    }

    package var action = Action.flag
    /// Probabilities of being right that are neither good nor bad enough to decide by.
    package var doubt: ClosedRange<Double> = 0.35...0.45

    package init() {}

    /// The strength from which on a check counts as sure.
    private static let sure = 0.5

    /// Why an answer is ambiguous; nothing if it is not.
    ///
    /// `probability` is that of the answer to be delivered, `passing` and `failing` are the strengths of the evidence on it, and
    /// `opinions` are the answers that came, each as the number of those it agrees with, itself included.
    package func reasons(
        probability: Double, passing: [Double], failing: [Double], opinions: [Int] = []
    ) -> [ReviewReason] {
        guard action != .off else { return [] }
        var reasons: [ReviewReason] = []
        if doubt.contains(probability) { reasons.append(.doubtful) }
        if passing.contains(where: { $0 >= Self.sure }), failing.contains(where: { $0 >= Self.sure }) {
            reasons.append(.checksDisagree)
        }
        if opinions.count > 1, opinions.allSatisfy({ $0 * 2 <= opinions.count }) { reasons.append(.opinionsSplit) }
        return reasons
    }
}

/// Why a person should look at an answer.
package enum ReviewReason: String, CaseIterable, Hashable, Sendable {
    /// It is as likely right as wrong.
    case doubtful
    /// One check is sure that it is right, another that it is wrong.
    case checksDisagree = "checks disagree"
    /// The models that were asked give different answers, and none has most of them.
    case opinionsSplit = "opinions split"
}
