/// How long and how far checks may look at one answer.
package struct CheckBudget: ~Copyable {
    private let deadline: ContinuousClock.Instant

    /// The most bytes of an answer's text that a check reads: of a longer one its beginning.
    package static let mostBytes = 1 << 17

    package init(_ duration: Duration = .milliseconds(20)) {
        deadline = .now + duration
    }

    /// Whether the time is over; asked once in some hundreds of steps.
    package var isSpent: Bool { ContinuousClock.now >= deadline }

    /// The time that is left; below zero once it is over.
    var remaining: Duration { deadline - .now }
}
