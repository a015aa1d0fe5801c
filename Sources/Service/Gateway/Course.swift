internal import Routing

/// How one policy goes about a prompt: whom it asks first, and what it does with the answers.
struct Course: Sendable {
    let plan: Plan
    let aim: Aim
    /// nil where the first answer is delivered, whatever it is.
    let escalation: EscalationPolicy?
    /// What was learned of asking these models; nil where the rule of grades and probabilities decides.
    let guide: CascadeGuide?

    /// What is done after the answers that came; `closed` are the places in the plan that were asked, `underWay` so many of
    /// which have not answered.
    func nextStep(
        after opinions: [Opinion], closed: Set<Int>, underWay: Int = 0, elapsed: Duration = .zero
    ) -> EscalationStep {
        let drafts = opinions.map(\.draft)
        let policy = escalation ?? EscalationPolicy(floor: 0, mostAnswers: 1)
        // A beginning is let through or not by the rule; who is asked first stands in the plan.
        guard let guide, escalation != nil, !opinions.isEmpty, opinions.allSatisfy({ $0.findings != nil }) else {
            return policy.step(
                after: drafts, closed: closed, underWay: underWay, elapsed: elapsed, of: plan,
                aim: escalation == nil ? .grade : aim)
        }
        // Who is under way may still be asked, as far as the cascade can tell: if it would, they are waited for.
        let barred = underWay > 0 ? closed.intersection(drafts.map(\.place)) : closed
        let dear = plan.order.indices.filter { !policy.affords(plan.order[$0], after: drafts) }
        let step = guide.step(
            after: opinions, closed: barred.union(dear),
            mayAsk: underWay > 0 || policy.allowsMore(after: drafts, underWay: 0, elapsed: elapsed))
        if case .ask? = step, underWay > 0 { return .wait }
        return step
            ?? policy.step(
                after: drafts, closed: closed, underWay: underWay, elapsed: elapsed, of: plan, aim: aim)
    }
}
