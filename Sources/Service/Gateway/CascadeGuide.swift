internal import Agreement
internal import Cascade
internal import Catalog
internal import Checks
internal import Dialogue
internal import Experience
internal import Prediction
internal import Routing

/// What was learned of asking models one after the other, as it applies to one prompt and its plan.
struct CascadeGuide: Sendable {
    let cascade: TrainedCascade
    /// The policy by its place among those learned.
    let policy: Int
    /// For each of the cascade's models the route's candidate that it is.
    let candidates: [Candidate?]
    /// For each of the cascade's models its place in the plan; nil for one that cannot answer this prompt.
    private(set) var places: [Int?]
    /// The probability with which each of the cascade's models was expected to be right.
    let probabilities: [Double]
    let surface: [Float]
    let costs: [Double]

    /// The same for a plan in another order.
    func placed(in plan: Plan) -> CascadeGuide {
        var guide = self
        guide.places = candidates.map { $0.flatMap(plan.order.place) }
        return guide
    }

    /// The place in the plan of the model to begin with; nil where none of the cascade's can answer.
    var first: Int? {
        guard case .ask(let place) = step(after: [], closed: [], mayAsk: true) else { return nil }
        return place
    }

    /// Why it begins as it does, in words.
    var reason: String {
        cascade.nextStep(
            after: state(after: []).0, closed: Set(places.indices.filter { places[$0] == nil }), policy: policy
        )
        .reason(cascade)
    }

    /// What to do after these opinions; nil where the cascade has nothing to say: none of its models answered or is left.
    ///
    /// `closed` are places in the plan that are not asked any more; none is where `mayAsk` is false.
    func step(after opinions: [Opinion], closed: Set<Int>, mayAsk: Bool) -> EscalationStep? {
        let (state, members) = state(after: opinions)
        let barred = places.indices.filter { model in !mayAsk || places[model].map { closed.contains($0) } ?? true }
        switch cascade.nextStep(after: state, closed: Set(barred), policy: policy).step {
        case .ask(let model): return places[model].map { .ask($0) }
        case .deliver(let index): return .deliver(members[index])
        case .none: return nil
        }
    }

    /// The probability that the answer of the model at a place in the plan is right, by what was learned of it; nil for a model that
    /// the cascade does not know.
    func probability(of findings: Findings, at place: Int) -> Double? {
        logOdds(of: findings, at: place).map { LogOdds.probability($0.odds) }
    }

    private func logOdds(of findings: Findings, at place: Int) -> (model: Int, odds: Double)? {
        guard let model = places.firstIndex(of: place) else { return nil }
        let odds = cascade.logOdds(
            of: model, AnswerEvidence(findings), probability: probabilities[model], surface: surface)
        return (model, odds)
    }

    /// The state that the opinions of the cascade's models make, and which of the opinions those are.
    private func state(after opinions: [Opinion]) -> (CascadeState, members: [Int]) {
        var state = CascadeState(probabilities: probabilities, costs: costs)
        let groups = AnswerGroups(opinions.map { $0.canonical ?? .nothing }).numbers
        var members: [Int] = []
        for (index, opinion) in opinions.enumerated() {
            guard let findings = opinion.findings, let known = logOdds(of: findings, at: opinion.draft.place) else {
                continue
            }
            state.add(model: known.model, logOdds: known.odds, group: groups[index])
            members.append(index)
        }
        return (state, members)
    }
}
