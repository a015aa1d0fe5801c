/// What kind of work a prompt asks for: the fixed taxonomy.
package enum TaskClass: String, CaseIterable, Sendable {
    case code, maths, extraction, classification, summarisation, rewriting, translation, creative, factual, reasoning
    case support, conversation, agentic
    /// None of them with enough confidence.
    case unknown
}
