internal import Experience

/// What a state comes to and what regressions read of it, whatever a right answer is worth.
struct Outlook {
    let set: UInt32
    let situation: Situation
    let learned: TrainedCascade.SetRegressions?
    /// The models not called, in order.
    let open: [Int]
    let values: [Double]
    /// The probability that the candidate is right, as the regression has it or, without one, as independent answers have it.
    let stop: Double
}

extension TrainedCascade {
    /// Whether the best answer so far is handed out, or whom to ask next.
    ///
    /// `closed` are models not to be asked, beside those that answered; `policy` is a place in ``values``.
    package func nextStep(after state: CascadeState, closed: Set<Int> = [], policy: Int) -> CascadeDecision {
        decision(outlook(of: state), state, closed: closed, policy: policy)
    }

    func outlook(of state: CascadeState) -> Outlook {
        let set = state.set
        let situation = Situation(state.answers, ranks: ranks)
        guard let learned = states[set] else {
            return Outlook(
                set: set, situation: situation, learned: nil,
                open: SituationFeatures(set: set, models: models.count).open, values: [],
                stop: independentProbability(state, situation))
        }
        let features = learned.features
        var values: [Double] = []
        values.reserveCapacity(features.count)
        features.append(valuesOf: state, situation, to: &values)
        return Outlook(
            set: set, situation: situation, learned: learned, open: features.open, values: values,
            stop: set == 0 ? 0 : Self.product(learned.stop.span, values.span))
    }

    /// `state` is of the prompt, after whichever answers.
    func decision(_ outlook: Outlook, _ state: CascadeState, closed: Set<Int>, policy: Int) -> CascadeDecision {
        var best: (model: Int, gain: Double)?
        if outlook.set.nonzeroBitCount < mostAnswers {
            for (place, model) in outlook.open.enumerated() where !closed.contains(model) {
                let gain = worth(of: model, at: place, outlook, state, policy) - outlook.stop
                if gain > best?.gain ?? -.infinity { best = (model, gain) }
            }
        }
        guard outlook.set != 0 else {
            return CascadeDecision(step: best.map { .ask($0.model) } ?? .none, probability: 0, gain: best?.gain)
        }
        let probability = min(max(outlook.stop, 0.001), 0.999)
        if let best, best.gain > Self.leastGain {
            return CascadeDecision(step: .ask(best.model), probability: probability, gain: best.gain)
        }
        return CascadeDecision(
            step: .deliver(outlook.situation.candidate), probability: probability, gain: best?.gain)
    }

    /// What going on by asking a model is worth, its price taken off.
    private func worth(
        of model: Int, at place: Int, _ outlook: Outlook, _ state: CascadeState, _ policy: Int
    ) -> Double {
        let price = state.costs[model] / values[policy]
        guard let learned = outlook.learned, !learned.next.isEmpty else {
            // Where too little was seen, a model's answer replaces the candidate if it is likelier to be right.
            return max(LogOdds.probability(state.priors[model]), outlook.stop) - price
        }
        let start = (policy * outlook.open.count + place) * (outlook.values.count + 1)
        return Self.product(learned.next.span, from: start, outlook.values.span) - price
    }

    /// The sum of an intercept, at a place among weights, and the values by the weights after it.
    private static func product(_ weights: Span<Float>, from start: Int = 0, _ values: Span<Double>) -> Double {
        var sum = Double(weights[start])
        for place in values.indices { sum += Double(weights[start + 1 + place]) * values[place] }
        return sum
    }

    /// The probability that the candidate is right if answers are right or wrong independently of each other, and those that
    /// say different things are not right together.
    private func independentProbability(_ state: CascadeState, _ situation: Situation) -> Double {
        guard !state.answers.isEmpty else { return 0 }
        func likelihood(_ right: Int?) -> Double {
            state.answers.reduce(1) {
                let p = LogOdds.probability($1.logOdds)
                return $0 * ($1.group == right ? p : 1 - p)
            }
        }
        let all = Set(state.answers.map(\.group)).reduce(likelihood(nil)) { $0 + likelihood($1) }
        return likelihood(state.answers[situation.candidate].group) / all
    }
}
