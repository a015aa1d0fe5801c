internal import Checks
internal import Prediction
internal import Statistics

/// What learned weights depart from: the shipped ones beside what was expected of the model, calibrated.
struct ShippedStart: Equatable, Sendable {
    /// How many outcomes of a model what is expected of a single prompt of it has to rest on to count half: with some forty it
    /// tells nothing, and hides what the evidence does tell.
    private static let halfTrust = 200.0
    /// How many outcomes what is usual counts for beside a model's own.
    private static let usualWeight = 5.0

    /// The share of right answers.
    let usual: Double
    let models: [String: SuccessTable.Tally]
    let calibration: PlattCalibration

    init(usual: Double, models: [String: SuccessTable.Tally], calibration: PlattCalibration) {
        (self.usual, self.models, self.calibration) = (usual, models, calibration)
    }

    /// Fits answers; nil without any that count.
    init?(_ answers: [JudgedAnswer]) {
        var (all, models) = (SuccessTable.Tally(), [String: SuccessTable.Tally]())
        for answer in answers {
            let tally = SuccessTable.Tally(successes: answer.score * answer.weight, weight: answer.weight)
            all.add(tally)
            models[answer.model, default: SuccessTable.Tally()].add(tally)
        }
        guard all.weight > 0 else { return nil }
        let usual = all.successes / all.weight
        let odds = answers.map { answer in
            Self.odds(
                answer.sketch, prior: answer.prior, of: models[answer.model] ?? SuccessTable.Tally(), usual: usual)
        }
        guard
            let calibration = PlattCalibration(
                scores: odds, outcomes: answers.map(\.score), weights: answers.map(\.weight))
        else { return nil }
        self.init(usual: usual, models: models, calibration: calibration)
    }

    /// The probability that an answer is right of a model that outcomes may know by a name.
    func probability(_ sketch: AnswerSketch, model: String?, prior: Double?) -> Double {
        let tally = model.flatMap { models[$0] } ?? SuccessTable.Tally()
        return calibration.probability(of: Self.odds(sketch, prior: prior, of: tally, usual: usual))
    }

    private static func odds(
        _ sketch: AnswerSketch, prior: Double?, of model: SuccessTable.Tally, usual: Double
    ) -> Double {
        let rate = LogOdds.of((model.successes + usualWeight * usual) / (model.weight + usualWeight))
        let trust = model.weight / (model.weight + halfTrust)
        let expected = prior.map { rate + trust * (LogOdds.of($0) - rate) } ?? rate
        return LogOdds.of(
            RightnessModel.shipped.probability(sketch.signals, prior: LogOdds.probability(expected)))
    }
}
