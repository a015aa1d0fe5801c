package import Dialogue

/// One upstream call.
package struct AttemptRecord: Hashable, Sendable {
    package enum Outcome: String, Sendable {
        /// A whole answer arrived.
        case completed
        /// The provider answered with an error, or not at all.
        case failed
        /// The client hung up, or the gateway stopped waiting.
        case cancelled
        /// Found after a crash: the call had begun and nothing more is known.
        case lost
    }

    /// Whether it brought an answer: a whole one, or one whose beginning was looked at and would not do.
    package var isAnswer: Bool { outcome == .completed || verdict != nil }

    /// Position within the exchange, from 0.
    package var number: Int
    package var model: ModelName
    package var provider: ProviderName
    package var outcome: Outcome
    /// The upstream's HTTP status; 0 if none came.
    package var status: Int
    package var usage: TokenUsage
    package var cost: Nanodollars
    /// Microseconds from the first byte sent to the last received.
    package var duration: Int64
    /// Microseconds to the first byte of the answer's body; nil if none came.
    package var firstByte: Int64?
    /// What checks made of its answer; nil if nothing looked at it.
    package var verdict: VerdictRecord?
    /// How its answer compares with the one delivered; nil for that one, and where nobody compared them.
    package var likeness: Likeness?
    /// What is kept of its answer to learn from: numbers from which its text cannot be told; nil if nothing looked at it to
    /// its end.
    package var sketch: [UInt8]?

    package init(
        number: Int, model: ModelName, provider: ProviderName, outcome: Outcome, status: Int, usage: TokenUsage,
        cost: Nanodollars, duration: Int64, firstByte: Int64?, verdict: VerdictRecord? = nil, likeness: Likeness? = nil,
        sketch: [UInt8]? = nil
    ) {
        self.number = number
        self.model = model
        self.provider = provider
        self.outcome = outcome
        self.status = status
        self.usage = usage
        self.cost = cost
        self.duration = duration
        self.firstByte = firstByte
        self.verdict = verdict
        self.likeness = likeness
        self.sketch = sketch
    }
}
