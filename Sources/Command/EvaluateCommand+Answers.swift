internal import Arguments
internal import Experience
internal import Prediction
internal import Statistics

extension Subcommand {
    /// Prints how well right answers are told from wrong ones.
    static func judgeAnswers(_ invocation: Invocation) async throws(CommandFailure) {
        let files = try await OutcomeFiles(invocation, models: invocation.list(.onlyModels), answers: .sketches)
        let answers = files.recordedAnswers
        let folds = try invocation.integer(.folds, in: 2...20) ?? 5
        let count = try invocation.integer(.learnFrom, in: 50...1_000_000)
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        guard answers.count >= 100 else {
            throw .failed("\(answers.count) answers with a `response` and a `score`, 100 are needed: give more files")
        }
        let trial: AnswerTrial
        do throws(TrainingError) {
            trial = try AnswerTrial(
                answers, folds: folds, count: count, seed: seed, draws: 200)
        } catch {
            throw .failed("\(error)")
        }
        print(
            "\(trial.judged) answers of \(files.models.count) models, \(folds) parts, \(trial.learned) outcomes of the other "
                + "parts learned from; means over models and parts [95 %]")
        let width = AnswerTrial.Way.allCases.map(\.rawValue.count).max() ?? 0
        let figure = EvaluationReport.figure
        for row in trial.figures {
            print(
                "\(row.way.rawValue.padded(to: width))  AUC \(figure(row.area)) [\(figure(row.areaInterval.lower))–"
                    + "\(figure(row.areaInterval.upper))]  caught at 10 % needless \(figure(row.caught)) "
                    + "[\(figure(row.caughtInterval.lower))–\(figure(row.caughtInterval.upper))]  ECE \(figure(row.error))"
            )
        }
    }
}

extension OutcomeFiles {
    /// All answers with a response and a score, in their order.
    fileprivate var recordedAnswers: [AnswerTrial.Recorded] {
        observations.indices.flatMap { row in
            models.indices.compactMap { model in
                guard let sketch = sketches[row][model].flatMap(AnswerSketch.init(encoded:)),
                    let score = observations[row].scores[model]
                else { return nil }
                return AnswerTrial.Recorded(
                    model: models[model], score: score, group: observations[row].group,
                    prompt: observations[row].prompt, sketch: sketch)
            }
        }
    }
}

extension Option {
    static let answers = Option.flag("answers", "Judges the responses instead of what is expected of models.")
    static let learnFrom = Option.value(
        "learn-from", "N",
        "How many to learn from: prompts with --gain (500 by default), outcomes with --answers (all).")
}
