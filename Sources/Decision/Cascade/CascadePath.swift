/// What one policy did with a recorded prompt.
package struct CascadePath: Hashable, Sendable {
    /// The models asked, in order.
    package var calls: [Int] = []
    /// The score of the answer handed out.
    package var score = 0.0
    /// Dollars, all calls together.
    package var cost = 0.0
}

extension TrainedCascade {
    /// What each policy does with a prompt that all models answered, one path for each of ``values``; nil if some did not.
    ///
    /// `probabilities` are those of success that were expected of the models.
    package func paths(of prompt: AnsweredPrompt, probabilities: [Double]) -> [CascadePath]? {
        var odds: [Double] = []
        for model in models.indices {
            guard let found = prompt.evidence[model], prompt.scores[model] != nil, prompt.costs[model] != nil else {
                return nil
            }
            odds.append(logOdds(of: model, found, probability: probabilities[model], surface: prompt.surface))
        }
        let asked = CascadeState(
            probabilities: probabilities, costs: expectedCosts(inputTokens: prompt.inputTokens))
        return values.indices.map { policy in
            var state = asked
            var path = CascadePath()
            while true {
                switch nextStep(after: state, policy: policy).step {
                case .ask(let model):
                    path.calls.append(model)
                    path.cost += prompt.costs[model] ?? 0
                    state.add(model: model, logOdds: odds[model], group: prompt.likeness[model])
                case .deliver(let answer):
                    path.score = prompt.scores[path.calls[answer]] ?? 0
                    return path
                case .none: return path
                }
            }
        }
    }
}
