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
        plan.order.reserveCapacity(route.candidates.count)
        for candidate in route.candidates {
            if let reason = obstacle(to: candidate, request) {
                plan.refused.append(RefusedCandidate(candidate: candidate, reason: reason))
            } else {
                plan.order.append(
                    PlannedCandidate(
                        candidate: candidate, estimatedCost: candidate.prices.cost(of: usage),
                        isStrongEnough: candidate.grade >= grade))
            }
        }
        plan.order.sort(by: precedes)
        plan.baseline = baseline(of: route, usage: usage, grade: grade, able: plan.order)
        return plan
    }

    private static func obstacle(to candidate: Candidate, _ request: PlanRequest) -> String? {
        let model = candidate.model
        let missing = request.needs.subtracting(model.capabilities.closure)
        if !missing.isEmpty { return "It cannot do what is asked: \(missing.names)." }
        if !request.obstacles.isEmpty, let reason = request.obstacles[candidate.format] {
            return "The \(candidate.format) format cannot carry the request: \(reason)."
        }
        if let limit = model.maxOutputTokens, let asked = request.maxOutputTokens, asked > limit {
            return "The client allows \(asked) output tokens, it gives at most \(limit)."
        }
        let output = request.maxOutputTokens ?? request.expectedOutputTokens
        if let context = model.contextTokens, request.inputTokens + output > context {
            return "Some \(request.inputTokens) input and \(output) output tokens do not fit its \(context)."
        }
        return nil
    }

    private static func precedes(_ left: PlannedCandidate, _ right: PlannedCandidate) -> Bool {
        if left.isStrongEnough != right.isStrongEnough { return left.isStrongEnough }
        let (leftGrade, rightGrade) = (left.candidate.grade, right.candidate.grade)
        if !left.isStrongEnough, leftGrade != rightGrade { return leftGrade > rightGrade }
        if left.estimatedCost != right.estimatedCost { return left.estimatedCost < right.estimatedCost }
        if leftGrade != rightGrade { return leftGrade > rightGrade }
        let (leftName, rightName) = (left.candidate.model.name.text, right.candidate.model.name.text)
        if leftName != rightName { return leftName < rightName }
        return left.candidate.provider.text < right.candidate.provider.text
    }

    private static func baseline(
        of route: Route, usage: TokenUsage, grade: Int, able: [PlannedCandidate]
    ) -> PlannedCandidate? {
        guard !able.isEmpty else { return nil }
        if let index = route.baseline, route.candidates.indices.contains(index) {
            let candidate = route.candidates[index]
            return PlannedCandidate(
                candidate: candidate, estimatedCost: candidate.prices.cost(of: usage),
                isStrongEnough: candidate.grade >= grade)
        }
        return able.max { left, right in
            (left.estimatedCost, left.candidate.grade) < (right.estimatedCost, right.candidate.grade)
        }
    }
}

extension Candidate {
    /// The model's grade; a model nobody graded counts as a workhorse.
    fileprivate var grade: Int { model.grade ?? 1 }
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
