internal import Checks
internal import Prediction

/// What was learned of some answers, with and without what they look like.
struct AnswerTrialKnowledge {
    let predictor: SuccessPredictor?
    let plain: AnswerKnowledge?
    let whole: AnswerKnowledge?

    init(_ answers: [AnswerTrial.Recorded]) throws(TrainingError) {
        var outcomes = OutcomeWindow()
        var (plain, whole) = (AnswerWindow(), AnswerWindow())
        for (number, answer) in answers.enumerated() {
            let (id, features) = ("\(number)", answer.prompt.encoded)
            outcomes.add(
                model: answer.model, score: answer.score, weight: 1, features: features,
                group: answer.group, id: id)
            whole.add(
                id: id, model: answer.model, score: answer.score, weight: 1, group: answer.group,
                features: features, sketch: answer.sketch.encoded)
            plain.add(
                id: id, model: answer.model, score: answer.score, weight: 1, group: answer.group,
                features: features, sketch: answer.sketch.withoutPlace.encoded)
        }
        guard let (predictor, expected) = try outcomes.predictorHoldingOut() else {
            (self.predictor, self.plain, self.whole) = (nil, nil, nil)
            return
        }
        self.predictor = predictor
        self.plain = try plain.learn(with: predictor, expected: expected)
        self.whole = try whole.learn(with: predictor, expected: expected)
    }

    /// The probability that an answer is right, each way.
    func probabilities(_ answer: AnswerTrial.Recorded) -> [Double] {
        let place = predictor?.models.firstIndex { $0.name == answer.model }
        let prior = place.flatMap { place in predictor?.probabilities(answer.prompt)[place] }
        let trust = RightnessModel.trust(inOutcomes: place.flatMap { predictor?.models[$0].count } ?? 0)
        func shipped(_ prior: Double?) -> Double {
            let p = RightnessModel.shipped.probability(answer.sketch.signals, prior: prior, trust: trust)
            return min(max(p, answer.sketch.bounds.lowerBound), answer.sketch.bounds.upperBound)
        }
        func learned(_ knowledge: AnswerKnowledge?, _ sketch: AnswerSketch) -> Double {
            knowledge?.opinion(of: sketch, to: answer.prompt, model: [answer.model], prior: prior).probability
                ?? shipped(prior)
        }
        return [
            shipped(nil), shipped(prior), learned(plain, answer.sketch.withoutPlace), learned(whole, answer.sketch),
        ]
    }
}

extension AnswerSketch {
    /// What checks found alone.
    fileprivate var withoutPlace: AnswerSketch {
        AnswerSketch(
            signals: signals, bounds: bounds,
            direction: AnswerDirection(steps: [Int8](repeating: 0, count: AnswerDirection.width)), fit: 0, point: nil)
    }
}
