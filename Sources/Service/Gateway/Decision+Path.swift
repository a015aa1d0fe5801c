internal import Catalog
internal import Dialogue
internal import Routing

extension Decision {
    /// What each policy of the path would do, from the most careful to the cheapest; an answer that is not held back is the first.
    var alternatives: [Course] {
        guard let route, let knowledge, let policies = knowledge.policies else { return [] }
        let expectations = knowledge.expectations(prompt, inputTokens: request.inputTokens)
        let escalation = isHeld ? route.escalation : nil
        return policies.aims.map { aim in
            let plan = Policy.plan(request, route: route, aim: aim, expectations: expectations, forecast: forecast)
            let guided =
                escalation == nil
                ? nil : knowledge.guided(plan, prompt, inputTokens: request.inputTokens, aim: aim)
            return Course(
                plan: guided?.plan ?? plan, aim: aim, escalation: escalation, guide: guided?.guide)
        }
    }

    /// The probability with which the exchange is compared.
    var shadowShare: Double {
        guard let shadowing = route?.shadowing else { return 0 }
        return knowledge?.standing.isCertified ?? false ? shadowing.share : shadowing.uncertifiedShare
    }

    /// Candidates of which too little is known, which learning from a comparison may ask as well.
    var littleKnown: [PlannedCandidate] {
        plan.order.filter { ($0.expectation?.outcomes ?? 0) < Decider.wellKnown }
    }
}
