internal import Checks
internal import Dialogue
internal import Ledger
internal import Routing

extension ExchangeHandler {
    /// That a person should look at an answer; nil if nobody needs to.
    ///
    /// `isDelivered` says that the client has it already, so that it cannot be held.
    func reviewMark(of judgement: Judgement?, isDelivered: Bool, _ exchange: Exchange) -> ReviewMark? {
        guard let judgement, let policy = exchange.decision.route?.review else { return nil }
        let reasons = policy.reasons(
            probability: judgement.probability, passing: judgement.strengths(of: .passes),
            failing: judgement.strengths(of: .fails), opinions: exchange.opinions)
        if reasons.isEmpty { return nil }
        return ReviewMark(isHeld: policy.action == .hold && !isDelivered, reasons: reasons.map(\.rawValue))
    }

    static let awaitsReview = APIFailure(
        .invalidRequest, status: 422,
        message: "a person has to look at this answer first: it may be wrong, and this route holds such answers",
        code: "held_for_review")
}

extension Judgement {
    fileprivate func strengths(of verdict: Verdict) -> [Double] {
        findings.evidence.filter { $0.verdict == verdict }.map(\.strength)
    }
}
