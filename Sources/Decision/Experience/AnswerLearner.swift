internal import Checks
internal import LinearAlgebra
package import Prediction

/// Learns from judged answers what their like are worth.
package enum AnswerLearner {
    /// The penalties that are tried, up to one that leaves nothing but the shipped weights, calibrated.
    private static let penalties = EvidenceTrainer.penalties + [1, 3, 10, 1000]

    /// Learns from answers in their order, whose query types are the predictor's; nil without any.
    ///
    /// What the patterns say of an answer that the weights are fitted to, they say without having seen its prompt group.
    /// - Throws: that something is no finite number.
    package static func learn(
        _ answers: [JudgedAnswer], predictor: SuccessPredictor
    ) throws(TrainingError) -> AnswerKnowledge? {
        guard !answers.isEmpty else { return nil }
        do throws(LinearAlgebraError) {
            return AnswerKnowledge(
                predictor: predictor, patterns: AnswerPatterns(answers), weights: try weights(answers),
                count: answers.count)
        } catch {
            throw .notFinite
        }
    }

    private static func weights(_ answers: [JudgedAnswer]) throws(LinearAlgebraError) -> AnswerWeights? {
        let right = answers.count(where: \.isAccepted)
        guard answers.count >= AnswerWeights.least, min(right, answers.count - right) >= AnswerWeights.leastOfEither
        else { return nil }
        guard let start = ShippedStart(answers) else { return nil }
        let semantics = heldOut(answers)
        let rows = answers.indices.map { place in
            let answer = answers[place]
            let evidence = AnswerEvidence(answer.sketch)
            return EvidenceRow(
                inputs: AnswerWeights.inputs(evidence, semantics[place]),
                bounds: evidence.bounds, score: answer.score, group: answer.group, weight: answer.weight,
                offset: start.probability(answer.sketch, model: answer.model, prior: answer.prior))
        }
        return AnswerWeights(start: start, model: try EvidenceTrainer.train(rows, penalties: penalties).model)
    }

    /// What patterns of the other parts' answers say of each.
    private static func heldOut(_ answers: [JudgedAnswer]) -> [AnswerPatterns.Signals] {
        var signals = [AnswerPatterns.Signals](repeating: AnswerPatterns.Signals(), count: answers.count)
        let parts = answers.map { EvidenceTrainer.part(of: $0.group) }
        for part in 0..<EvidenceTrainer.parts {
            let patterns = AnswerPatterns(answers.indices.filter { parts[$0] != part }.map { answers[$0] })
            for place in answers.indices where parts[place] == part {
                let answer = answers[place]
                signals[place] =
                    patterns.standing(
                        of: answer.sketch, taskClass: answer.taskClass, type: answer.type, model: answer.model
                    ).signals
            }
        }
        return signals
    }
}
