package import Experience
package import Prediction

/// What was learned of asking models one after the other: for every set of models that answered and every value of a right
/// answer, whether to hand out the best answer or whom to ask next.
package struct TrainedCascade: Equatable, Sendable {
    package let models: [String]
    /// The most answers for one prompt.
    package let mostAnswers: Int
    /// For each model its place by accuracy, 0 for the most accurate.
    let ranks: [Int]
    let evidence: [EvidenceModel]
    /// What each model is expected to cost.
    package let costs: [CostModel]
    /// What a right answer may be worth, in dollars, from the most to the least: one policy for each.
    package let values: [Double]
    /// By the set of models that answered; a set that is missing was seen too seldom.
    let states: [UInt32: SetRegressions]

    /// What was learned of one set of models.
    struct SetRegressions: Equatable, Sendable {
        let features: SituationFeatures
        /// An intercept and the features' weights for the probability that the candidate is right; empty for the empty set.
        var stop: [Float]
        /// For each value and each model not called, one after the other, what going on is worth after it was asked; empty where
        /// nobody is asked any more.
        var next: [Float]
    }

    /// The least gain, as a probability of being right, for which another model is asked.
    package static let leastGain = 0.005

    /// What each model is expected to cost for so many input tokens, in dollars.
    package func expectedCosts(inputTokens: Int) -> [Double] { costs.map { $0.cost(inputTokens: inputTokens) } }

    /// The log-odds that a model's answer is right.
    package func logOdds(
        of model: Int, _ found: AnswerEvidence, probability: Double, surface: [Float]
    ) -> Double {
        evidence[model].logOdds(prior: probability, found, surface: surface)
    }

    /// The policy for what a right answer is worth: the next more careful one of those learned.
    package func policy(value: Double) -> Int { values.lastIndex { $0 >= value } ?? 0 }
}
