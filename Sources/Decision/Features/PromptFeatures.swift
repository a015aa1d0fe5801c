/// What a decision may know of a prompt: numbers, no text.
package struct PromptFeatures: Sendable {
    /// The WordPiece ids of the ask: what hashed features are made of.
    package var tokens: [Int32]
    /// Whether the ask is the last user turn and all of it.
    package var isLastTurn: Bool
    /// The ask's place in the classification embedding: a unit vector, or zeros for an ask without words.
    package var embedding: [Float]
    /// One value for each ``SurfaceSignal``, in their order.
    package var surface: [Float]
    package var structure: PromptStructure
    /// Input tokens of the whole prompt, estimated; within some 10 % of cl100k for English and code.
    package var inputTokens: Int

    package subscript(_ signal: SurfaceSignal) -> Float { surface[signal.rawValue] }
}

/// Countable facts of a prompt.
package struct PromptStructure: Hashable, Sendable {
    /// Marks in the ask that speak for themselves.
    package var cues: StructuralCues = []
    /// User and assistant turns.
    package var turns = 0
    package var images = 0
    package var tools = 0
    /// Whether the conversation holds tool calls or their results.
    package var hasToolTurns = false
    package var wantsJSON = false
    /// Bytes of system and developer instructions.
    package var systemBytes = 0
    /// Bytes of tool definitions.
    package var toolBytes = 0
    /// Bytes of tool results and of whatever the ask leaves out of its own turn.
    package var documentBytes = 0
    /// Characters of the ask before it was shortened.
    package var askCharacters = 0
}
