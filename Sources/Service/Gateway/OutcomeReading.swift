internal import Dialogue
internal import Experience
package import Ledger
package import Prediction

/// The outcomes of a ledger as far as they were read, and what is to be learned from them.
///
/// It keeps nothing: read again from the beginning, the same outcomes teach the same bits, unless whoever says when they are
/// ripe goes by more than their number.
package struct OutcomeReading: Sendable {
    private var window = OutcomeWindow()
    private var answers = AnswerWindow()
    private var last: Int64 = 0
    private var due: DueOutcomes?
    /// At how many outcomes was learned last.
    private var learned = 0

    package init() {}

    /// How many outcomes were taken in.
    package var count: Int { window.count }

    /// Reads the outcomes that come next; none at the end.
    package func next(from ledger: some LedgerStore) async throws(LedgerError) -> [(Int64, OutcomeRecord)] {
        try await ledger.outcomes(after: last, limit: 1000)
    }

    /// Takes in what ``next(from:)`` read; it is learned anew only at numbers of outcomes that are ripe for it, going by the number
    /// at which was learned last.
    package mutating func take(
        _ outcomes: [(Int64, OutcomeRecord)], when isRipe: (_ count: Int, _ learned: Int) -> Bool = { _, _ in true }
    ) {
        for (number, outcome) in outcomes {
            take(outcome, isRipe)
            last = number
        }
    }

    /// Takes in an outcome; one that is half of a pair which certificates rest on, or a reviewer's word on such a pair, which counts
    /// nothing, is not learned from.
    private mutating func take(_ outcome: OutcomeRecord, _ isRipe: (Int, Int) -> Bool) {
        if outcome.weight == 0 { return }
        if outcome.source == .shadow, PromptGroup.certifies(outcome.prompt.group) { return }
        window.add(
            model: outcome.model.text, score: outcome.score, weight: outcome.weight, features: outcome.prompt.features,
            group: outcome.prompt.group, id: outcome.id)
        if let answer = outcome.answer {
            answers.add(
                id: outcome.id, model: outcome.model.text, score: outcome.score, weight: outcome.weight,
                group: outcome.prompt.group, features: outcome.prompt.features, sketch: answer)
        }
        if window.isDue, isRipe(window.count, learned) {
            due = DueOutcomes(window: window, answers: answers)
            learned = window.count
        }
    }

    /// What was due last, so that a pause or a restart changes nothing, and is not due any more; nil if nothing is.
    package mutating func takeDue() -> DueOutcomes? {
        defer { due = nil }
        return due
    }
}

/// Outcomes that it is time to learn from.
package struct DueOutcomes: Sendable {
    let window: OutcomeWindow
    let answers: AnswerWindow

    /// How many outcomes had been taken in.
    package var count: Int { window.count }

    /// What they teach; nil while there are too few of every model.
    ///
    /// - Throws: why nothing can be learned from them.
    package func knowledge() throws(TrainingError) -> Knowledge? {
        guard let (predictor, expected) = try window.predictorHoldingOut() else { return nil }
        let answers = try answers.learn(with: predictor, expected: expected)
        return Knowledge(
            predictor: predictor, file: PredictorFile.encode(predictor, answers: answers?.encoded), certificate: nil,
            answers: answers, memory: window.memory)
    }
}
