package import Prediction

/// The latest judged answers, from which it is learned anew from time to time.
///
/// A pure function of what was taken in, in its order. Bounded: some 400 bytes for each answer beside its prompt.
package struct AnswerWindow: Sendable {
    /// The most answers that are kept.
    package static let limit = 8_192

    private struct Entry {
        let id: String
        let model: String
        let score: Double
        let weight: Double
        let group: UInt64
        let features: [UInt8]
        let sketch: [UInt8]
    }

    private let limit: Int
    private var entries: [Entry] = []

    package init(limit: Int = limit) { self.limit = limit }

    /// Takes in an answer with its outcome, whose name is `id`, and the stored forms of its prompt and itself.
    package mutating func add(
        id: String, model: String, score: Double, weight: Double, group: UInt64, features: [UInt8], sketch: [UInt8]
    ) {
        guard sketch.count <= AnswerSketch.mostBytes else { return }
        entries.append(
            Entry(
                id: id, model: model, score: score, weight: weight, group: group, features: features, sketch: sketch))
        // A tenth at a time, so that forgetting moves each answer a few times only.
        if entries.count > limit + limit / 10 { entries.removeFirst(entries.count - limit) }
    }

    /// Learns with a predictor; nil if no answer is kept that this release understands.
    ///
    /// `expected` has by an outcome's name what was expected by one who did not know it.
    package func learn(
        with predictor: SuccessPredictor, expected: [String: Double]
    ) throws(TrainingError) -> AnswerKnowledge? {
        let answers = entries.compactMap { entry -> JudgedAnswer? in
            guard let prompt = PromptVector(encoded: entry.features), let sketch = AnswerSketch(encoded: entry.sketch)
            else { return nil }
            return JudgedAnswer(
                model: entry.model, score: entry.score, weight: entry.weight, group: entry.group, prompt: prompt,
                prior: expected[entry.id], sketch: sketch, by: predictor)
        }
        return try AnswerLearner.learn(answers, predictor: predictor)
    }
}
