/// What kind of work a prompt asks for: the fixed taxonomy.
package enum TaskClass: String, CaseIterable, Sendable {
    case code, maths, extraction, classification, summarisation, rewriting, translation, creative, factual, reasoning
    case support, conversation, agentic
    /// None of them with enough confidence.
    case unknown

    /// The place among ``allCases``.
    package var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
