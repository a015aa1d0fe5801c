import Threads

/// How long and how far checks may look at one answer.
///
/// It counts the time that its thread has of the processor, so that a busy machine finds what a quiet one does; it serves the
/// thread that made it.
package struct CheckBudget: ~Copyable {
    private let allowed: Duration
    private let start = ThreadTime.used
    /// Before it nothing can be spent, for no thread has more of the processor than the clock goes on.
    ///
    /// To ask the clock costs a twentieth.
    private let earliest: ContinuousClock.Instant

    /// The most bytes of an answer's text that a check reads: of a longer one its beginning.
    package static let mostBytes = 1 << 17

    package init(_ duration: Duration = .milliseconds(20)) {
        allowed = duration
        earliest = .now + duration
    }

    /// Whether the time is over; asked once in some hundreds of steps.
    package var isSpent: Bool { ContinuousClock.now >= earliest && remaining <= .zero }

    /// The time that is left; below zero once it is over.
    var remaining: Duration { allowed - (ThreadTime.used - start) }
}
