internal import Glibc
internal import LinearAlgebra
package import Prediction

/// Fits a ``TrainedCascade`` by backward induction over the sets of models that may have answered.
package enum CascadeTrainer {
    /// The fewest prompts that all models of a set answered.
    static let leastRows = 50
    /// The fewest answers of a model, with score and cost, to learn from.
    private static let leastAnswers = 20
    /// The most models and the most answers that are learned of: the sets of them have to be few.
    package static let mostModels = 12
    package static let mostAnswers = 4

    /// Learns from prompts; `probabilities` are what was expected of each model on each prompt by somebody who had not seen it.
    ///
    /// - Throws: which model has too few answers.
    package static func train(
        _ prompts: [AnsweredPrompt], probabilities: [[Double]], models: [String], mostAnswers: Int
    ) throws(TrainingError) -> TrainedCascade {
        for (model, name) in models.enumerated() {
            let count = prompts.count { $0.answered >> UInt32(model) & 1 == 1 }
            guard count >= leastAnswers else { throw .tooFew(model: name, count: count, needed: leastAnswers) }
        }
        do throws(LinearAlgebraError) {
            let sample = try CascadeSample(prompts, probabilities: probabilities, models: models.count)
            let values = self.values(of: sample)
            let induction = try BackwardInduction(sample, mostAnswers: min(mostAnswers, models.count))
            return TrainedCascade(
                models: models, mostAnswers: mostAnswers, ranks: sample.ranks, evidence: sample.evidence,
                costs: sample.costModels, values: values,
                states: induction.states(values: values))
        } catch {
            throw .notFinite
        }
    }

    /// From so much that cost is no matter to so little that nothing else is, in geometric steps.
    private static func values(of sample: CascadeSample) -> [Double] {
        let costs = sample.meanCosts.filter { $0 > 0 }
        guard let most = costs.max(), let least = costs.min() else { return [1] }
        let (high, low) = (most * 300, least)
        return (0...steps).map { high * pow(low / high, Double($0) / Double(steps)) }
    }

    private static let steps = 49
}
