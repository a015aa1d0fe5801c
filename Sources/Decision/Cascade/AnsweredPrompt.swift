package import Experience

/// A prompt that several models answered, as a cascade is learned from it: numbers, no text.
package struct AnsweredPrompt: Sendable {
    /// Equal for prompts that ask the same.
    package var group: UInt64
    /// The prompt's surface signals.
    package var surface: [Float]
    /// For each model of the set; all three are nil where it did not answer.
    package var scores: [Double?]
    /// Dollars.
    package var costs: [Double?]
    package var evidence: [AnswerEvidence?]
    /// For each model a number that is equal for answers that say the same.
    package var likeness: [Int]
    package var inputTokens: Int

    package init(
        group: UInt64, surface: [Float], scores: [Double?], costs: [Double?], evidence: [AnswerEvidence?],
        likeness: [Int], inputTokens: Int
    ) {
        self.group = group
        self.surface = surface
        self.scores = scores
        self.costs = costs
        self.evidence = evidence
        self.likeness = likeness
        self.inputTokens = inputTokens
    }

    /// The models that answered, one bit for each.
    var answered: UInt32 {
        scores.indices.reduce(0) { set, model in
            let isKnown = scores[model] != nil && costs[model] != nil && evidence[model] != nil
            return isKnown ? set | 1 << UInt32(model) : set
        }
    }
}
