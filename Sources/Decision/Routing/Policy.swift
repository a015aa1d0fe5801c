internal import Dialogue

/// The first router: the cheapest candidate that can do it and is strong enough for its kind of task.
package enum Policy {
    /// Decides whom to ask and whom after that; the same input gives the same plan.
    ///
    /// Strong enough candidates come first, the cheapest ahead; weaker ones follow, the strongest ahead: a failover
    /// answer may be dearer, and is weaker only where nothing else is left.
    package static func plan(_ request: PlanRequest, route: Route) -> Plan {
        let offers = route.offers
        let candidates = route.candidates
        let grade = route.grades[request.taskClass]
        let usage = TokenUsage(input: request.inputTokens, output: request.expectedOutputTokens)
        var refused: [RefusedCandidate] = []
        var ranks: [Rank] = []
        ranks.reserveCapacity(offers.count)
        for index in offers.indices {
            if let refusal = offers[index].refusal(of: request, format: candidates[index].format) {
                refused.append(RefusedCandidate(candidate: candidates[index], refusal: refusal))
            } else {
                ranks.append(Rank(offers[index], at: index, usage: usage, least: grade))
            }
        }
        ranks.sort()
        var baseline = ranks.max { $0.isCheaper(than: $1) }
        if !ranks.isEmpty, let index = route.baseline, offers.indices.contains(index) {
            baseline = Rank(offers[index], at: index, usage: usage, least: grade)
        }
        return Plan(
            order: PlanOrder(candidates: candidates, ranks: ranks), refused: refused,
            baseline: baseline.map { PlannedCandidate($0, among: candidates) }, grade: grade)
    }
}
