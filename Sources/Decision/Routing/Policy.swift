internal import Dialogue

/// Puts the candidates of a route in order: by grade and price, or by what is expected of each.
package enum Policy {
    /// Decides whom to ask and whom after that; the same input gives the same plan.
    ///
    /// Strong enough candidates come first, the best for the aim ahead; weaker ones follow, the strongest ahead: a
    /// failover answer may be dearer, and is weaker only where nothing else is left.
    ///
    /// `expectations` are those of the route's candidates, in order; empty where only grades are known. `forecast` says what each
    /// is expected to use, where more is known of that than the request tells.
    package static func plan(
        _ request: PlanRequest, route: Route, aim: Aim = .grade, expectations: [Expectation] = [],
        forecast: UsageForecast? = nil
    ) -> Plan {
        let offers = route.offers
        let candidates = route.candidates
        let needed = Rank.Requirement(
            grade: route.grades[request.taskClass], demanded: route.grades.demanded(request.taskClass))
        let forecast = forecast ?? .alike(request.expectedUsage)
        var refused: [RefusedCandidate] = []
        var ranks: [Rank] = []
        ranks.reserveCapacity(offers.count)
        for index in offers.indices {
            if let refusal = offers[index].refusal(of: request, format: candidates[index].format) {
                refused.append(RefusedCandidate(candidate: candidates[index], refusal: refusal))
            } else {
                ranks.append(
                    Rank(
                        offers[index], at: index, usage: forecast[index], standard: needed, aim: aim,
                        expectation: expectations.isEmpty ? nil : expectations[index]))
            }
        }
        ranks.sort()
        var baseline = ranks.max { $0.isCheaper(than: $1) }
        if !ranks.isEmpty, let index = route.baseline, offers.indices.contains(index) {
            baseline = Rank(
                offers[index], at: index, usage: forecast[index], standard: needed, aim: aim,
                expectation: expectations.isEmpty ? nil : expectations[index])
        }
        return Plan(
            order: PlanOrder(candidates: candidates, ranks: ranks, expectations: expectations, forecast: forecast),
            refused: refused,
            baseline: baseline.map { PlannedCandidate($0, candidates, expectations, forecast) }, grade: needed.grade)
    }
}
