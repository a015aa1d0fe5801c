internal import Catalog
internal import Dialogue
internal import Routing

extension Decision {
    /// What a policy of the route's path would do with this prompt.
    struct Alternative {
        let plan: Plan
        let aim: Aim
        let escalation: EscalationPolicy?

        func nextStep(after drafts: [Draft], closed: Set<Int>) -> EscalationStep {
            let policy = escalation ?? EscalationPolicy(floor: 0, mostAnswers: 1)
            return policy.step(after: drafts, closed: closed, of: plan, aim: escalation == nil ? .grade : aim)
        }
    }

    /// What each policy of the path would do, from the most careful to the cheapest; an answer that is not held back is the first.
    var alternatives: [Alternative] {
        guard let route, let knowledge, let policies = knowledge.policies else { return [] }
        let expectations = knowledge.expectations(prompt, inputTokens: request.inputTokens)
        return policies.aims.map { aim in
            Alternative(
                plan: Policy.plan(request, route: route, aim: aim, expectations: expectations), aim: aim,
                escalation: isHeld ? route.escalation : nil)
        }
    }

    /// Candidates of which too little is known, which learning from a comparison may ask as well.
    var littleKnown: [PlannedCandidate] {
        plan.order.filter { ($0.expectation?.outcomes ?? 0) < Decider.wellKnown }
    }
}
