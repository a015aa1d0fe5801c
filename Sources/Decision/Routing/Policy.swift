internal import Catalog
internal import Dialogue

/// The first router: the cheapest candidate that can do it and is strong enough for its kind of task.
package enum Policy {
    /// Decides whom to ask and whom after that; the same input gives the same plan.
    ///
    /// Strong enough candidates come first, the cheapest ahead; weaker ones follow, the strongest ahead: a failover
    /// answer may be dearer, and is weaker only where nothing else is left.
    package static func plan(_ request: PlanRequest, route: Route) -> Plan {
        let candidates = route.candidates
        let grade = route.grades[request.taskClass]
        let usage = TokenUsage(input: request.inputTokens, output: request.expectedOutputTokens)
        var refused: [RefusedCandidate] = []
        var able: [Rank] = []
        able.reserveCapacity(candidates.count)
        for (index, candidate) in candidates.enumerated() {
            if let refusal = refusal(of: candidate, request) {
                refused.append(RefusedCandidate(candidate: candidate, refusal: refusal))
            } else {
                able.append(Rank(candidate, at: index, usage: usage, least: grade))
            }
        }
        able.sort { $0.precedes($1, among: candidates) }
        var baseline = able.max { $0.isCheaper(than: $1) }
        if !able.isEmpty, let index = route.baseline, candidates.indices.contains(index) {
            baseline = Rank(candidates[index], at: index, usage: usage, least: grade)
        }
        return Plan(
            order: PlanOrder(candidates: candidates, ranks: able), refused: refused,
            baseline: baseline?.planned(among: candidates), grade: grade)
    }

    private static func refusal(of candidate: Candidate, _ request: PlanRequest) -> Refusal? {
        let missing = request.needs.subtracting(candidate.model.capabilities.closure)
        if !missing.isEmpty { return .incapable(of: missing) }
        if !request.obstacles.isEmpty, let reason = request.obstacles[candidate.format] {
            return .inexpressible(format: candidate.format, reason: reason)
        }
        if let limit = candidate.model.maxOutputTokens, let asked = request.maxOutputTokens, asked > limit {
            return .outputLimit(asked: asked, limit: limit)
        }
        let output = request.maxOutputTokens ?? request.expectedOutputTokens
        if let limit = candidate.model.contextTokens, request.inputTokens + output > limit {
            return .context(input: request.inputTokens, output: output, limit: limit)
        }
        return nil
    }
}

extension Capabilities {
    /// With what follows: a model that holds its output to a schema can also give any object.
    fileprivate var closure: Capabilities { contains(.jsonSchema) ? union(.json) : self }
}
