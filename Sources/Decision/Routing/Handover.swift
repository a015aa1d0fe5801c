/// What a model that is asked because an answer would not do is shown of that answer.
package enum Handover: String, CaseIterable, Hashable, Sendable {
    /// The client's request alone.
    case nothing
    /// The request, the answer, and what was found wrong with it.
    case draft
}
