package import Checks
package import Prediction

/// What outcomes taught of answers: the patterns of accepted and failed ones, and what the evidence weighs.
///
/// It belongs to the predictor that it was learned with, whose query types it speaks of.
package final class AnswerKnowledge: Sendable {
    let predictor: SuccessPredictor
    let patterns: AnswerPatterns
    /// Nil while too few answers were judged: the shipped weights speak.
    let weights: AnswerWeights?
    /// How many judged answers it was learned from.
    package let count: Int

    init(predictor: SuccessPredictor, patterns: AnswerPatterns, weights: AnswerWeights?, count: Int) {
        (self.predictor, self.patterns, self.weights, self.count) = (predictor, patterns, weights, count)
    }

    /// What an answer comes to.
    package struct Opinion: Sendable {
        /// What accepted and failed answers say of it.
        package var evidence: [Evidence]
        /// The probability that it is right; nil where the shipped weights speak.
        package var probability: Double?
    }

    /// How many judged answers the weights were learned from; nil where the shipped ones speak.
    package var learnedFrom: Int? { weights == nil ? nil : count }

    /// Looks at an answer of a model, of which `prior` was expected on this prompt.
    ///
    /// `names` are those by which outcomes may know the model.
    package func opinion(
        of sketch: AnswerSketch, to prompt: PromptVector, model names: [String], prior: Double?
    ) -> Opinion {
        let model = names.first { patterns.memories[$0] != nil }
        let standing = patterns.standing(
            of: sketch, taskClass: prompt.taskClass, type: predictor.type(of: prompt), model: model)
        return Opinion(
            evidence: standing.evidence(model: model),
            probability: weights?.probability(sketch, model: model, prior: prior, standing.signals))
    }
}
