/// What one policy did with a recorded prompt.
package struct CascadePath: Hashable, Sendable {
    /// The models asked, in order.
    package var calls: [Int] = []
    /// The model whose answer was handed out; nil if none was.
    package var delivered: Int?
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
        // Policies meet the same states again and again: what they come to is worked out once.
        let beginning = CascadeState(
            probabilities: probabilities, costs: expectedCosts(inputTokens: prompt.inputTokens))
        var places: [UInt32: Int] = [:]
        var (states, outlooks) = ([CascadeState](), [Outlook]())
        func meet(_ set: UInt32) -> Int {
            if let known = places[set] { return known }
            var state = beginning
            for model in models.indices where set >> UInt32(model) & 1 == 1 {
                state.add(model: model, logOdds: odds[model], group: prompt.likeness[model])
            }
            places[set] = states.count
            outlooks.append(outlook(of: state))
            states.append(state)
            return states.count - 1
        }
        return values.indices.map { policy in
            var (set, path) = (UInt32(0), CascadePath())
            while true {
                let place = meet(set)
                switch decision(outlooks[place], states[place], closed: [], policy: policy).step {
                case .ask(let model):
                    path.calls.append(model)
                    path.cost += prompt.costs[model] ?? 0
                    set |= 1 << UInt32(model)
                case .deliver(let answer):
                    let model = states[place].answers[answer].model
                    path.delivered = model
                    path.score = prompt.scores[model] ?? 0
                    return path
                case .none: return path
                }
            }
        }
    }
}
