/// What a check says of an answer.
package enum Verdict: String, Sendable {
    case passes, fails
    /// It looked and cannot tell.
    case unclear
}

/// One thing that a check found.
package struct Evidence: Hashable, Sendable {
    /// The name of the check, such as `structure.schema`.
    package let check: String
    package let verdict: Verdict
    /// From 0, worth nothing, to 1, certain.
    package let strength: Double
    /// A sentence that a person understands; it may quote a few words of the answer.
    package let reason: String
    /// The place in the answer's UTF-8 text that it is about.
    package let span: Range<Int>?

    package init(_ check: String, _ verdict: Verdict, strength: Double, _ reason: String, span: Range<Int>? = nil) {
        self.check = check
        self.verdict = verdict
        self.strength = strength
        self.reason = reason
        self.span = span
    }
}
