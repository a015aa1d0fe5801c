internal import Catalog
package import Dialogue
private import Glibc

/// When an answer is not good enough, and whom to ask then: the rule of routes of which no cascade was learned.
package struct EscalationPolicy: Hashable, Sendable {
    /// The least probability of being right with which an answer is accepted.
    package var floor: Double
    /// The most answers for one exchange.
    package var mostAnswers: Int
    /// The most that the answers of one exchange may cost together, by what the next one is expected to; nil for any.
    package var mostCost: Nanodollars?
    /// So long after its arrival nobody else is asked; nil for any time.
    package var mostTime: Duration?

    package init(floor: Double = 0.4, mostAnswers: Int = 3, mostCost: Nanodollars? = nil, mostTime: Duration? = nil) {
        self.floor = floor
        self.mostAnswers = mostAnswers
        self.mostCost = mostCost
        self.mostTime = mostTime
    }

    package static let standard = EscalationPolicy()

    /// What a grade counts beside evidence, in log-odds, where nothing else is known of a model; a judgement.
    private static let gradeWeight = 0.5
    /// The least gain in the probability of being right for which another model is asked.
    private static let leastGain = 0.005

    /// What to do with the answers so far.
    ///
    /// `closed` are the places in the plan that were asked already, with or without success; so many calls are `underWay`, and
    /// `elapsed` is the time since the exchange began. An answer below the floor
    /// asks the cheapest model that is expected to reach it, or the next grade where only grades are known; if answers
    /// have a value in dollars, the model whose gain is worth most more than it costs.
    package func step(
        after drafts: [Draft], closed: Set<Int>, underWay: Int = 0, elapsed: Duration = .zero, of plan: Plan, aim: Aim
    ) -> EscalationStep {
        guard let latest = drafts.last else {
            let first = plan.order.indices.first { !closed.contains($0) }
            return first.map { .ask($0) } ?? (underWay > 0 ? .wait : .none)
        }
        let isUtility = if case .utility = aim { true } else { false }
        if !isUtility, latest.probability >= floor { return .deliver(drafts.count - 1) }
        if underWay > 0, !isUtility { return .wait }
        let best = Self.best(of: drafts, plan)
        let mayAsk = allowsMore(after: drafts, underWay: underWay, elapsed: elapsed)
        // Who is under way was asked and has not answered; as far as can be told from here, who failed may be.
        let hopes = plan.order.indices.filter { place in
            closed.contains(place)
                ? underWay > 0 && !drafts.contains { $0.place == place }
                : mayAsk && affords(plan.order[place], after: drafts)
        }
        let next = better(than: drafts[best], among: hopes.map { ($0, plan.order[$0]) }, plan, aim)
        if underWay > 0, next != nil { return .wait }
        return next.map { .ask($0) } ?? .deliver(best)
    }

    /// Whether the limits on answers and time let another model be asked.
    package func allowsMore(after drafts: [Draft], underWay: Int, elapsed: Duration) -> Bool {
        drafts.count + underWay < mostAnswers && mostTime.map { elapsed < $0 } ?? true
    }

    /// Whether the limit on dollars lets this model be asked.
    package func affords(_ planned: PlannedCandidate, after drafts: [Draft]) -> Bool {
        guard let mostCost else { return true }
        return drafts.reduce(planned.estimatedCost) { $0 + $1.cost } <= mostCost
    }

    private func better(
        than draft: Draft, among open: [(place: Int, planned: PlannedCandidate)], _ plan: Plan, _ aim: Aim
    ) -> Int? {
        let known = open.compactMap { place, planned in
            planned.expectation.map { (place: place, p: $0.probability, cost: planned.estimatedCost) }
        }
        guard !known.isEmpty else {
            let grade = plan.order[draft.place].candidate.model.grade ?? 1
            let stronger = open.filter { ($0.planned.candidate.model.grade ?? 1) > grade }
            return stronger.min { left, right in
                (left.planned.candidate.model.grade ?? 1, left.planned.estimatedCost.count)
                    < (right.planned.candidate.model.grade ?? 1, right.planned.estimatedCost.count)
            }?.place
        }
        let gaining = known.filter { $0.p > draft.probability + Self.leastGain }
        if case .utility(let value) = aim {
            func worth(_ p: Double, _ cost: Nanodollars) -> Double {
                (p - draft.probability - Self.leastGain) * value - Double(cost.count) / 1e9
            }
            return gaining.filter { worth($0.p, $0.cost) > 0 }.max { worth($0.p, $0.cost) < worth($1.p, $1.cost) }?
                .place
        }
        let enough = gaining.filter { $0.p >= floor }.min { $0.cost.count < $1.cost.count }
        return (enough ?? gaining.max { $0.p < $1.p })?.place
    }

    /// The likeliest right answer; where only grades are known, a stronger model's counts for more.
    private static func best(of drafts: [Draft], _ plan: Plan) -> Int {
        drafts.indices.max { weight(of: drafts[$0], plan) < weight(of: drafts[$1], plan) } ?? 0
    }

    private static func weight(of draft: Draft, _ plan: Plan) -> Double {
        let planned = plan.order[draft.place]
        let p = min(max(draft.probability, 0.001), 0.999)
        let grade = planned.expectation == nil ? gradeWeight * Double(planned.candidate.model.grade ?? 1) : 0
        return log(p / (1 - p)) + grade
    }
}

/// An answer that came in, as far as what is done next depends on it.
package struct Draft: Hashable, Sendable {
    /// Its model's place in the plan.
    package let place: Int
    /// The calibrated probability that it is right.
    package let probability: Double
    /// What it cost.
    package let cost: Nanodollars

    package init(place: Int, probability: Double, cost: Nanodollars) {
        self.place = place
        self.probability = probability
        self.cost = cost
    }
}

/// What is done next.
package enum EscalationStep: Hashable, Sendable {
    /// Ask the model at this place in the plan.
    case ask(Int)
    /// Hand out the answer with this index.
    case deliver(Int)
    /// There may be a better answer among those that are under way.
    case wait
    /// There is no answer, and nobody left to ask.
    case none
}
