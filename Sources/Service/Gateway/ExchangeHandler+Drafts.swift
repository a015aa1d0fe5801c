internal import Agreement
internal import Checks
internal import Dialogue
internal import Ledger
internal import Routing
internal import TaskClasses

extension ExchangeHandler {
    /// Notes of each answer that came to its end how it compares with the one that is delivered.
    ///
    /// Of a delivered beginning nobody knows yet what it will say: nothing is noted then.
    func noteLikeness(of answers: [HeldAnswer], to delivered: Int, _ exchange: Exchange) {
        guard answers.count > 1, answers[delivered].isAccounted else { return }
        let reference = statement(answers[delivered], exchange)
        for (index, draft) in answers.enumerated() where index != delivered && draft.isAccounted {
            let likeness = statement(draft, exchange).likeness(to: reference)
            exchange.note(AttemptRecord.Likeness(likeness), of: draft.answered.number)
        }
    }

    private func statement(_ held: HeldAnswer, _ exchange: Exchange) -> Statement {
        var answer = held.content.answer(
            to: exchange.prompt, taskClass: exchange.decision.classification.taskClass)
        return Statement(
            canonical: held.judgement?.canonical ?? CanonicalAnswer(of: &answer, with: nil),
            text: answer.text)
    }
}

extension AttemptRecord.Likeness {
    fileprivate init(_ likeness: Likeness) {
        switch likeness {
        case .same: self = .same
        case .different: self = .different
        case .unclear: self = .unclear
        }
    }
}
