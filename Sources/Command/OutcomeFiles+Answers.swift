internal import Experience
internal import Prediction

extension OutcomeFiles {
    /// The most answers that are learned from; of more, as many at equal distances.
    private static let mostAnswers = 20_000

    /// What the answers of some rows teach; nil where no response is recorded.
    ///
    /// `expected` has for each of the rows and each model what one expected who did not know the outcome.
    func answerKnowledge(
        of rows: [Int], expected: [[Double]], _ predictor: SuccessPredictor
    ) throws(TrainingError) -> AnswerKnowledge? {
        var places: [(row: Int, place: Int, model: Int)] = []
        for (place, row) in rows.enumerated() {
            for model in models.indices where sketches[row][model] != nil && observations[row].scores[model] != nil {
                places.append((row, place, model))
            }
        }
        let step = (places.count + Self.mostAnswers - 1) / Self.mostAnswers
        let answers = stride(from: 0, to: places.count, by: max(step, 1)).compactMap { index -> JudgedAnswer? in
            let (row, place, model) = places[index]
            guard let sketch = sketches[row][model].flatMap(AnswerSketch.init(encoded:)),
                let score = observations[row].scores[model]
            else { return nil }
            return JudgedAnswer(
                model: models[model], score: score, group: observations[row].group, prompt: observations[row].prompt,
                prior: expected[place][model], sketch: sketch, by: predictor)
        }
        return try AnswerLearner.learn(answers, predictor: predictor)
    }
}
