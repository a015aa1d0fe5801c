internal import Catalog
internal import Dialogue
internal import HTTPMessages
internal import Ledger
internal import Routing

/// One delivered exchange, compared with what the baseline and each policy of the path would have delivered.
///
/// Bound to the loop. No model is asked twice: the delivered answer stands for its model.
final class ShadowRun {
    private let handler: ExchangeHandler
    private let client: HTTPFields
    private let snapshot: GatewaySnapshot
    /// The account of what is asked for the comparison.
    let account: Exchange
    private var answers: [Candidate: ComparedAnswer?] = [:]

    init(
        handler: ExchangeHandler, client: HTTPFields, snapshot: GatewaySnapshot, account: Exchange,
        delivered: ComparedAnswer
    ) {
        self.handler = handler
        self.client = client
        self.snapshot = snapshot
        self.account = account
        answers[delivered.candidate] = delivered
    }

    /// All answers that came, in no order.
    var known: [ComparedAnswer] { answers.values.compactMap(\.self) }

    /// A candidate's answer; nil if none came.
    func answer(of planned: PlannedCandidate) async -> ComparedAnswer? {
        if let known = answers[planned.candidate] { return known }
        let answer = await handler.comparedAnswer(of: planned, client: client, snapshot, account)
        answers[planned.candidate] = .some(answer)
        return answer
    }

    /// What a policy would have delivered; nil if nothing.
    func outcome(of policy: Course) async -> ComparedAnswer? {
        var opinions: [Opinion] = []
        var came: [ComparedAnswer] = []
        var closed: Set<Int> = []
        while !Task.isCancelled {
            switch policy.nextStep(after: opinions, closed: closed) {
            case .deliver(let index): return came[index]
            case .none, .wait: return nil
            case .ask(let place):
                closed.insert(place)
                guard let answer = await answer(of: policy.plan.order[place]) else { continue }
                came.append(answer)
                opinions.append(
                    Opinion(
                        draft: Draft(place: place, probability: answer.probability, cost: answer.cost),
                        findings: answer.findings, canonical: answer.canonical))
            }
        }
        return nil
    }
}
