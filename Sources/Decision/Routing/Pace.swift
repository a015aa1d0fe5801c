/// How many models are asked at once.
package struct Pace: Hashable, Sendable {
    /// Those that are asked together, ahead of any answer.
    package var atOnce: Int
    /// How long the first may take before another is asked beside it; nil for ever.
    package var hedge: Duration?

    package init(atOnce: Int = 1, hedge: Duration? = nil) {
        self.atOnce = atOnce
        self.hedge = hedge
    }

    /// Whether nobody is asked before the first that was asked has answered or failed.
    package var asksOneByOne: Bool { atOnce == 1 && hedge == nil }

    /// How many calls may be under way when so many answers have come: one by one once there is any, and no more answers than the
    /// policy allows.
    package func room(after answers: Int, of policy: EscalationPolicy?) -> Int {
        answers > 0 ? 1 : min(atOnce, policy?.mostAnswers ?? 1)
    }
}
