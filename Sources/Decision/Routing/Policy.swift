internal import Catalog
internal import Dialogue

/// The first router: the cheapest candidate that can do it and is strong enough for its kind of task.
package enum Policy {
    /// Decides whom to ask and whom after that; the same input gives the same plan.
    ///
    /// Strong enough candidates come first, the cheapest ahead; weaker ones follow, the strongest ahead: a failover
    /// answer may be dearer, and is weaker only where nothing else is left.
    package static func plan(_ request: PlanRequest, route: Route) -> Plan {
        let grade = route.grades[request.taskClass]
        let usage = TokenUsage(input: request.inputTokens, output: request.expectedOutputTokens)
        var plan = Plan(order: [], refused: [], baseline: nil, grade: grade)
        var able: [Rank] = []
        able.reserveCapacity(route.candidates.count)
        for index in route.candidates.indices {
            if let reason = obstacle(to: route.candidates[index], request) {
                plan.refused.append(RefusedCandidate(candidate: route.candidates[index], reason: reason))
            } else {
                able.append(Rank(index, in: route, usage: usage, least: grade))
            }
        }
        able.sort { left, right in precedes(left, right, in: route) }
        plan.order = able.map { $0.planned(in: route) }
        plan.baseline = baseline(of: route, usage: usage, grade: grade, able: able)?.planned(in: route)
        return plan
    }

    /// What decides a candidate's place: small, so that sorting moves no names.
    private struct Rank {
        let index: Int
        let cost: Nanodollars
        let grade: Int
        let isStrongEnough: Bool

        init(_ index: Int, in route: Route, usage: TokenUsage, least: Int) {
            self.index = index
            cost = route.candidates[index].prices.cost(of: usage)
            grade = route.candidates[index].model.grade ?? 1
            isStrongEnough = grade >= least
        }

        func planned(in route: Route) -> PlannedCandidate {
            PlannedCandidate(
                candidate: route.candidates[index], estimatedCost: cost, isStrongEnough: isStrongEnough)
        }
    }

    private static func obstacle(to candidate: Candidate, _ request: PlanRequest) -> String? {
        let missing = request.needs.subtracting(candidate.model.capabilities.closure)
        if !missing.isEmpty { return "It cannot do what is asked: \(missing.names)." }
        if !request.obstacles.isEmpty, let reason = request.obstacles[candidate.format] {
            return "The \(candidate.format) format cannot carry the request: \(reason)."
        }
        if let limit = candidate.model.maxOutputTokens, let asked = request.maxOutputTokens, asked > limit {
            return "The client allows \(asked) output tokens, it gives at most \(limit)."
        }
        let output = request.maxOutputTokens ?? request.expectedOutputTokens
        if let context = candidate.model.contextTokens, request.inputTokens + output > context {
            return "Some \(request.inputTokens) input and \(output) output tokens do not fit its \(context)."
        }
        return nil
    }

    private static func precedes(_ left: Rank, _ right: Rank, in route: Route) -> Bool {
        if left.isStrongEnough != right.isStrongEnough { return left.isStrongEnough }
        if !left.isStrongEnough, left.grade != right.grade { return left.grade > right.grade }
        if left.cost != right.cost { return left.cost < right.cost }
        if left.grade != right.grade { return left.grade > right.grade }
        let (one, other) = (route.candidates[left.index], route.candidates[right.index])
        if one.model.name != other.model.name { return one.model.name.text < other.model.name.text }
        return one.provider.text < other.provider.text
    }

    private static func baseline(of route: Route, usage: TokenUsage, grade: Int, able: [Rank]) -> Rank? {
        guard !able.isEmpty else { return nil }
        if let index = route.baseline, route.candidates.indices.contains(index) {
            return Rank(index, in: route, usage: usage, least: grade)
        }
        return able.max { ($0.cost, $0.grade) < ($1.cost, $1.grade) }
    }
}

extension Capabilities {
    /// With what follows: a model that holds its output to a schema can also give any object.
    fileprivate var closure: Capabilities { contains(.jsonSchema) ? union(.json) : self }

    fileprivate var names: String {
        let all: [(Capabilities, String)] = [
            (.tools, "tools"), (.vision, "images"), (.json, "JSON mode"), (.jsonSchema, "JSON Schema output"),
            (.reasoning, "reasoning"),
        ]
        return all.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
    }
}
