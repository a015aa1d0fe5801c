internal import Cascade
internal import Catalog
package import Certification
internal import Dialogue
internal import Prediction
internal import Routing

/// What the predictor knows of one route's candidates, and how the route goes by it.
///
/// Made once for each configuration and predictor, so that a request looks up no name.
package final class RouteKnowledge: Sendable {
    private let predictor: SuccessPredictor
    /// For each candidate its place among the predictor's models; nil if the predictor does not know it.
    private let places: [Int?]
    private let priors: RoutePriors
    private let memory: FailureMemory?
    private let cascade: TrainedCascade?
    /// For each of the cascade's models the candidate that it is, and its place among the predictor's models.
    private let members: [(candidate: Candidate?, place: Int)]
    /// What the baseline usually costs, in dollars.
    private let usualCost: Double
    /// The costs that the certified policy expects, for each candidate; empty without a certificate.
    private let costs: [Certificate.Model]
    /// The candidate that others are compared with.
    private let baseline: Int
    private let baselineName: String
    private let wish: Wish
    /// The policies that may be certified while serving; nil where no quality is wanted.
    let policies: PolicyPath?
    /// What keeps the saving of a route that wants one.
    let control: SavingControl?
    /// What stands for the route's quality.
    package let standing: Standing

    /// Whether the route's quality is promised.
    package enum Standing: Hashable, Sendable {
        case certified(Certificate)
        /// By the pairs that were compared while serving.
        case live(LiveStanding)
        /// Why it is not.
        case uncertified(String)
    }

    /// What is known of a route; nil if the predictor does not know its baseline and one candidate more.
    ///
    /// `before` is what was known of the route until now, for the saving it keeps.
    init?(_ knowledge: Knowledge, of route: Route, standings: [String: LiveStanding], before: RouteKnowledge?) {
        let names = knowledge.predictor.models.map(\.name)
        let places = route.candidates.map { candidate in
            candidate.predictorNames.lazy.compactMap { names.firstIndex(of: $0) }.first
        }
        let baseline = route.baseline ?? route.dearest
        guard let baseline, let reference = places[baseline], places.count(where: { $0 != nil }) > 1 else { return nil }
        predictor = knowledge.predictor
        memory = knowledge.memory
        let members = (knowledge.cascade?.models ?? []).map { name in
            let place = names.firstIndex(of: name)
            return (
                candidate: places.firstIndex { $0 == place && place != nil }.map { route.candidates[$0] },
                place: place ?? 0
            )
        }
        self.members = members
        cascade = members.count { $0.candidate != nil } > 1 ? knowledge.cascade : nil
        usualCost = PolicyPath.usualCost(of: route.candidates[baseline])
        self.places = places
        self.baseline = baseline
        baselineName = names[reference]
        priors = RoutePriors(route.candidates, places: places, predictor: knowledge.predictor)
        wish = route.wish
        policies = PolicyPath(route, baseline: baseline, predictor: knowledge.digest)
        let mostAnswers: Int? =
            if let cascade, let escalation = route.escalation { escalation.certifiable(cascade) } else { 1 }
        let standing = Self.standing(
            knowledge, places.map { $0.map { names[$0] } }, names[reference], route.wish, mostAnswers
        ).orLive(policies.flatMap { standings[$0.version] }, isCompared: policies != nil && route.shadowing != nil)
        self.standing = standing
        if case .certified(let certificate) = standing {
            costs = places.compactMap { place in
                certificate.policy.models.first { model in place.map { names[$0] } == model.name }
            }
        } else {
            costs = []
        }
        control =
            if case .saving(let share) = route.wish {
                before?.control?.share == share ? before?.control : SavingControl(share: share)
            } else { nil }
    }

    private static func standing(
        _ knowledge: Knowledge, _ names: [String?], _ baseline: String, _ wish: Wish,
        _ mostAnswers: Int?
    ) -> Standing {
        guard case .quality(let loss) = wish else { return .uncertified("the route wants no bound on quality") }
        guard let certificate = knowledge.certificate else { return .uncertified("there is no certificate") }
        guard names.allSatisfy({ $0 != nil }) else {
            return .uncertified("the predictor does not know every candidate")
        }
        guard let mostAnswers else {
            return .uncertified("certificates are about cascades without a limit on dollars or time")
        }
        let mismatch = certificate.mismatch(
            predictor: knowledge.digest, models: Set(names.compactMap(\.self)), baseline: baseline, loss: loss,
            mostAnswers: mostAnswers)
        return mismatch.map { .uncertified($0) } ?? .certified(certificate)
    }

    /// How candidates are put in order; nil while a saving is wanted and nothing is known of what answers cost.
    var aim: Aim {
        switch (wish, standing) {
        case (.quality, .certified(let certificate)): .utility(value: certificate.policy.value)
        case (.quality, .live(let standing)): policies?.aims[standing.certified - 1] ?? .grade
        case (.quality(let loss), .uncertified): .careful(loss: loss)
        case (.saving, _): .utility(value: control?.value ?? 1)
        case (.value(let value), _): .utility(value: Double(value.count) / 1e9)
        }
    }

    /// The plan as what was learned of asking its candidates one after the other begins it, and what that says of the rest; nil
    /// where nothing was learned of them.
    func guided(
        _ plan: Plan, _ prompt: PromptVector, inputTokens: Int, aim: Aim
    ) -> (plan: Plan, guide: CascadeGuide)? {
        guard let cascade, let value = value(of: aim) else { return nil }
        let expected = predictor.probabilities(prompt)
        let guide = CascadeGuide(
            cascade: cascade, policy: cascade.policy(value: value), candidates: members.map(\.candidate), places: [],
            probabilities: members.map { expected[$0.place] }, surface: prompt.surface,
            costs: zip(members, cascade.expectedCosts(inputTokens: inputTokens)).map { member, cost in
                max(0, cost - (plan.order.first { $0.candidate === member.candidate }?.cacheSaving ?? 0))
            }
        ).placed(in: plan)
        guard let first = guide.first else { return nil }
        let begun = plan.asking(first: first)
        return (begun, guide.placed(in: begun))
    }

    /// What a right answer is worth, in dollars: where only a bound on the loss is wanted, so much that losing that much would be
    /// fair if it saved all that the baseline costs.
    private func value(of aim: Aim) -> Double? {
        switch aim {
        case .utility(let value): value
        case .careful(let loss): usualCost / max(loss, 0.0001)
        case .grade: nil
        }
    }

    /// What is expected of each of the route's candidates, in order.
    ///
    /// Where no certificate names the predictor as it is, what public outcomes tell counts as much as twenty outcomes of one's
    /// own, and alone for a candidate without any.
    func expectations(_ prompt: PromptVector, inputTokens: Int) -> [Expectation] {
        let assessed = predictor.assess(prompt, over: baselineName)
        let prior = priors.probabilities(prompt)
        let isCertified = !costs.isEmpty
        let shares = places.map { place in
            place.map { isCertified ? 1 : Self.share(ofOutcomes: predictor.models[$0].count) } ?? 0
        }
        let reference = places[baseline].map { place in
            prior[baseline] + shares[baseline] * (assessed[place].probability - prior[baseline])
        }
        return places.indices.map { index in
            let cost = costs.isEmpty ? nil : costs[index].cost(inputTokens: inputTokens)
            let priorLead = prior[index] - prior[baseline]
            guard let place = places[index] else {
                return Expectation(
                    probability: prior[index], lead: prior[index] - (reference ?? prior[baseline]), outcomes: 0,
                    basis: priors.bases[index], cost: cost)
            }
            let share = min(shares[index], shares[baseline])
            return Expectation(
                probability: prior[index] + shares[index] * (assessed[place].probability - prior[index]),
                interval: assessed[place].interval, lead: priorLead + share * (assessed[place].lead - priorLead),
                outcomes: predictor.models[place].count, cost: cost)
        }
    }

    /// What a prompt looks like among the answers of a candidate that were judged; nil where nothing is remembered.
    func resemblance(of prompt: PromptVector, to candidate: Candidate) -> Resemblance? {
        candidate.predictorNames.lazy.compactMap { self.memory?.resemblance(of: prompt, model: $0) }.first
    }

    /// How much outcomes count beside the prior.
    private static func share(ofOutcomes count: Int) -> Double { Double(count) / (Double(count) + SuccessPrior.worth) }
}

extension EscalationPolicy {
    /// How many answers a cascade may ask for under these limits; nil where they are others than a certificate knows.
    fileprivate func certifiable(_ cascade: TrainedCascade) -> Int? {
        mostCost == nil && mostTime == nil ? min(mostAnswers, cascade.mostAnswers) : nil
    }
}

extension Route {
    /// The candidate with the highest price of a usual call.
    fileprivate var dearest: Int? {
        let usage = TokenUsage(input: 1000, output: 500)
        return candidates.indices.max {
            candidates[$0].prices.cost(of: usage) < candidates[$1].prices.cost(of: usage)
        }
    }
}
