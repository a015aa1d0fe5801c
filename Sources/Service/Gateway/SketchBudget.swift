/// How many answers are sketched for learning alone: a learner takes in no more than it can use, and what makes a gateway busy
/// must not make each of its requests dearer.
///
/// Bound to the loop.
package struct SketchBudget {
    /// In each second; a thousand times what fills the window that is learned from within a day.
    private static let perSecond = 250

    private var second: Int64 = 0
    private var taken = 0

    package init() {}

    /// Whether one more may be sketched at a time in microseconds since 1970.
    package mutating func take(at time: Int64) -> Bool {
        let now = time / 1_000_000
        if now != second { (second, taken) = (now, 0) }
        guard taken < Self.perSecond else { return false }
        taken += 1
        return true
    }
}
