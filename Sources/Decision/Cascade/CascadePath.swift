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
        // Policies meet in the same states: each is looked at once for all of them, smaller sets before larger ones.
        var state = CascadeState(
            probabilities: probabilities, costs: expectedCosts(inputTokens: prompt.inputTokens))
        var walks = [Walk](repeating: Walk(), count: values.count)
        var waiting = [[Int]](repeating: [], count: 1 << models.count)
        waiting[0] = Array(values.indices)
        for set in waiting.indices where !waiting[set].isEmpty {
            state.forgetAnswers()
            for model in models.indices where set >> model & 1 == 1 {
                state.add(model: model, logOdds: odds[model], group: prompt.likeness[model])
            }
            let outlook = outlook(of: state)
            for policy in waiting[set] {
                switch decision(outlook, state, closed: [], policy: policy).step {
                case .ask(let model):
                    walks[policy].ask(model, for: prompt.costs[model] ?? 0)
                    waiting[set | 1 << model].append(policy)
                case .deliver(let answer): walks[policy].delivered = state.answers[answer].model
                case .none: break
                }
            }
        }
        var paths: [CascadePath] = []
        paths.reserveCapacity(values.count)
        for (policy, walk) in walks.enumerated() {
            // Neighbouring policies mostly do the same, and share what says so.
            if policy > 0, walk == walks[policy - 1] {
                paths.append(paths[policy - 1])
                continue
            }
            paths.append(
                CascadePath(
                    calls: walk.calls, delivered: walk.delivered,
                    score: walk.delivered.flatMap { prompt.scores[$0] } ?? 0, cost: walk.cost))
        }
        return paths
    }
}

/// How far a policy went with a prompt.
private struct Walk: Equatable {
    /// The models asked, the last in the lowest four bits.
    private var asked: UInt64 = 0
    private var count = 0
    private(set) var cost = 0.0
    var delivered: Int?

    mutating func ask(_ model: Int, for cost: Double) {
        asked = asked << 4 | UInt64(model)
        count += 1
        self.cost += cost
    }

    /// The models asked, in order.
    var calls: [Int] { (0..<count).map { Int(asked >> (4 * UInt64(count - 1 - $0)) & 15) } }
}
