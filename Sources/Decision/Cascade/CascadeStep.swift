/// What to do next with a prompt, and why.
package struct CascadeDecision: Hashable, Sendable {
    /// What is done next.
    package enum Step: Hashable, Sendable {
        /// Ask the model at this place in the cascade.
        case ask(Int)
        /// Hand out the answer with this index.
        case deliver(Int)
        /// There is no answer, and nobody left to ask.
        case none
    }

    package let step: Step
    /// The probability that the best answer so far is right; 0 without one.
    package let probability: Double
    /// What asking the best of the others is worth beyond it, as a probability of being right, its price taken off; nil where
    /// nobody is left to ask.
    package let gain: Double?

    /// A sentence for a person.
    package func reason(_ cascade: TrainedCascade) -> String {
        let percent = "\(Int((probability * 100).rounded())) %"
        switch step {
        case .none: return "nobody is left to ask"
        case .ask(let model) where probability == 0: return "\(cascade.models[model]) is the best to begin with"
        case .ask(let model):
            return "right with \(percent), and asking \(cascade.models[model]) is worth "
                + "\(Int(((gain ?? 0) * 100).rounded())) points more than it costs"
        case .deliver:
            guard gain != nil else { return "right with \(percent), and nobody may be asked any more" }
            return "right with \(percent), and asking anybody else is not worth its price"
        }
    }
}

extension TrainedCascade {
    /// Whether the best answer so far is handed out, or whom to ask next.
    ///
    /// `closed` are models not to be asked, beside those that answered; `policy` is a place in ``values``.
    package func nextStep(after state: CascadeState, closed: Set<Int> = [], policy: Int) -> CascadeDecision {
        let set = state.set
        let isLast = state.answers.count >= mostAnswers
        let open = isLast ? [] : models.indices.filter { set >> UInt32($0) & 1 == 0 && !closed.contains($0) }
        guard !state.answers.isEmpty else { return first(of: open, state, policy) }
        let situation = Situation(state.answers, ranks: ranks)
        let estimate = estimate(state, set, situation, open: open, policy)
        guard let best = open.indices.max(by: { estimate.gains[$0] < estimate.gains[$1] }) else {
            return CascadeDecision(step: .deliver(situation.candidate), probability: estimate.probability, gain: nil)
        }
        let gain = estimate.gains[best]
        return CascadeDecision(
            step: gain > Self.leastGain ? .ask(open[best]) : .deliver(situation.candidate),
            probability: estimate.probability, gain: gain)
    }

    private func first(of open: [Int], _ state: CascadeState, _ policy: Int) -> CascadeDecision {
        let none = Situation(state.answers, ranks: ranks)
        let gains = estimate(state, 0, none, open: open, policy).gains
        guard let best = open.indices.max(by: { gains[$0] < gains[$1] }) else {
            return CascadeDecision(step: .none, probability: 0, gain: nil)
        }
        return CascadeDecision(step: .ask(open[best]), probability: 0, gain: gains[best])
    }

    /// The probability that the candidate is right, and what asking each open model is worth beyond it.
    private func estimate(
        _ state: CascadeState, _ set: UInt32, _ situation: Situation, open: [Int], _ policy: Int
    ) -> (probability: Double, gains: [Double]) {
        guard let learned = states[set] else { return independent(state, situation, open: open, policy) }
        let features = SituationFeatures(set: set, models: models.count)
        let values = features.values(of: state, situation)
        let stop = set == 0 ? 0 : Self.product(learned.stop, values)
        guard !learned.next.isEmpty else {
            return (min(max(stop, 0.001), 0.999), independent(state, situation, open: open, policy).gains)
        }
        let gains = open.map { model in
            let place = features.open.firstIndex(of: model) ?? 0
            return Self.product(learned.next[policy][place], values) - state.costs[model] / self.values[policy] - stop
        }
        return (min(max(stop, 0.001), 0.999), gains)
    }

    static func product(_ weights: [Float], _ values: [Double]) -> Double {
        guard weights.count == values.count + 1 else { return 0 }
        var sum = Double(weights[0])
        for place in values.indices { sum += Double(weights[place + 1]) * values[place] }
        return sum
    }

    /// Where too little was seen: answers are right or wrong independently of each other, and a model's answer replaces the
    /// candidate if it is likelier to be right.
    private func independent(
        _ state: CascadeState, _ situation: Situation, open: [Int], _ policy: Int
    ) -> (probability: Double, gains: [Double]) {
        var probability = 0.0
        if !state.answers.isEmpty {
            let groups = Set(state.answers.map(\.group))
            let likelihoods = groups.map { group in
                state.answers.reduce(1.0) {
                    let p = LogOdds.probability($1.logOdds)
                    return $0 * ($1.group == group ? p : 1 - p)
                }
            }
            let none = state.answers.reduce(1.0) { $0 * (1 - LogOdds.probability($1.logOdds)) }
            let candidate = state.answers[situation.candidate].group
            let own = zip(groups, likelihoods).first { $0.0 == candidate }?.1 ?? 0
            probability = own / (likelihoods.reduce(none, +))
        }
        let gains = open.map { model in
            max(LogOdds.probability(state.priors[model]), probability) - state.costs[model] / values[policy]
                - probability
        }
        return (probability, gains)
    }
}
