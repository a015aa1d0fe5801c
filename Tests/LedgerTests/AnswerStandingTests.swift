import Dialogue
import Ledger
import Testing

struct AnswerStandingTests {
    private typealias Result = EscalationResult
    private static let kinds: [AttemptRecord.Likeness?] = [.same, .different, .unclear, nil]

    /// A rejected draft of tiny, and the answer of large that was delivered, or the other way round.
    static func escalation(_ likeness: AttemptRecord.Likeness?, deliversFirst: Bool = false) -> [AttemptRecord] {
        [("tiny", 1), ("large", 10)].enumerated().map { number, model in
            AttemptRecord(
                number: number, model: ModelName(model.0), provider: ProviderName("p"), outcome: .completed,
                status: 200, usage: TokenUsage(), cost: Nanodollars(Int64(model.1)), duration: 1, firstByte: nil,
                verdict: VerdictRecord(
                    probability: 0.3,
                    evidence: number == 0 ? [CheckRecord(check: "maths.steps", verdict: "fails", strength: 0.7)] : []),
                likeness: (number == 0) == deliversFirst ? nil : likeness)
        }
    }

    @Test(arguments: [
        // Same, different, unclear, not compared.
        (false, true, [Result.falseEscalation, .errorCaught, .unknown, .unknown]),
        (false, false, [.notMended, .notMended, .notMended, .notMended]),
        (false, nil, [.falseEscalation, .unknown, .unknown, .unknown]),
        (true, true, [.falseEscalation, .falseEscalation, .falseEscalation, .falseEscalation]),
        (true, false, [.notMended, .notMended, .notMended, .notMended]),
        (true, nil, [.falseEscalation, .unknown, .unknown, .unknown]),
    ])
    func `what came of asking on`(deliversFirst: Bool, isRight: Bool?, results: [EscalationResult]) {
        for (likeness, result) in zip(Self.kinds, results) {
            let answers = JudgedAnswers(
                Self.escalation(likeness, deliversFirst: deliversFirst), delivered: deliversFirst ? 0 : 1,
                isRight: isRight)
            #expect(answers.result == result, "\(String(describing: likeness))")
        }
    }

    @Test func `a first answer that was taken is no escalation`() {
        let answers = JudgedAnswers([Self.escalation(nil)[0]], delivered: 0, isRight: false)
        #expect(answers.result == nil)
        #expect(answers.answers.map(\.standing) == [.fell])
    }

    @Test(arguments: [
        (DeliveryEvidence(), nil), (DeliveryEvidence(comparison: .undecided), nil),
        (DeliveryEvidence(review: 0, comparison: .agree, feedback: 1), false),
        (DeliveryEvidence(comparison: .harm, feedback: 1), false),
        (DeliveryEvidence(comparison: .undecided, feedback: 1), true), (DeliveryEvidence(feedback: 0.5), nil),
        (DeliveryEvidence(comparison: .gain), true),
    ])
    func `of what is said of an answer the weightiest counts`(evidence: DeliveryEvidence, isRight: Bool?) {
        #expect(evidence.judgement?.isRight == isRight)
    }
}
