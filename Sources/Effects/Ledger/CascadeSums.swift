package import Dialogue

/// What became of the answers of a period: how many were delivered, which were right as far as is known, and what those cost
/// that were not delivered.
package struct CascadeSums: Hashable, Sendable {
    /// Exchanges with an answer that came to its end.
    package private(set) var exchanges = 0
    /// Those with more than one answer.
    package private(set) var escalated = 0
    /// Those of them whose first answer was delivered all the same.
    package private(set) var inVain = 0
    /// What came of the escalated ones; what is in none of these is not known.
    package private(set) var errorsCaught = 0
    package private(set) var falseEscalations = 0
    package private(set) var notMended = 0
    /// First answers that were delivered without asking another, and were wrong.
    package private(set) var letThrough = 0
    /// Delivered answers that somebody judged, by who did.
    package private(set) var judged: [OutcomeRecord.Source: Int] = [:]
    package private(set) var cost = Nanodollars.zero
    /// What answers cost that were not delivered.
    package private(set) var draftCost = Nanodollars.zero
    package private(set) var models: [String: ModelSums] = [:]
    package private(set) var checks: [String: CheckSums] = [:]

    package struct ModelSums: Hashable, Sendable {
        package var answers = 0
        package var delivered = 0
        /// Its first answers that were wrong, where the delivered one was right.
        package var errorsCaught = 0
        /// Its first answers that had stood, where another was asked all the same.
        package var falseEscalations = 0
        /// Its answers that were right in place of a wrong first one.
        package var mended = 0
        /// Its delivered answers that were wrong.
        package var wrong = 0
        package var cost = Nanodollars.zero
        package var draftCost = Nanodollars.zero
    }

    /// How often a check spoke against an answer.
    package struct CheckSums: Hashable, Sendable {
        package var against = 0
        /// Of answers that were not delivered.
        package var againstDrafts = 0
        /// Of answers that were wrong, as it said.
        package var againstWrong = 0
        /// Of answers that had stood.
        package var againstRight = 0
    }

    package init() {}

    /// Adds the answers of one exchange; `delivered` is the number of the attempt that was.
    ///
    /// - Throws: if a sum does not fit.
    package mutating func add(
        _ attempts: [AttemptRecord], delivered: Int?, evidence: DeliveryEvidence = DeliveryEvidence()
    ) throws(LedgerError) {
        let judgement = delivered == nil ? nil : evidence.judgement
        let judged = JudgedAnswers(attempts, delivered: delivered, isRight: judgement?.isRight)
        guard let first = judged.answers.first?.attempt else { return }
        exchanges += 1
        if let judgement { self.judged[judgement.source, default: 0] += 1 }
        for attempt in attempts { cost = try cost.adding(attempt.cost) }
        for (attempt, standing) in judged.answers {
            let isDraft = attempt.number != delivered
            try count(attempt, isDraft: isDraft)
            if !isDraft, judgement?.isRight == false { models[attempt.model.text]?.wrong += 1 }
            let against = attempt.verdict?.evidence.filter { $0.verdict == "fails" }.map(\.check) ?? []
            for check in Set(against) { checks[check, default: CheckSums()].add(standing, isDraft: isDraft) }
        }
        guard let result = judged.result else {
            if judgement?.isRight == false { letThrough += 1 }
            return
        }
        escalated += 1
        if first.number == delivered { inVain += 1 }
        let mending = judged.answers.first { $0.attempt.number == delivered }?.attempt
        count(result, of: first.model.text, delivered: mending?.model.text)
    }

    private mutating func count(_ answer: AttemptRecord, isDraft: Bool) throws(LedgerError) {
        var model = models[answer.model.text] ?? ModelSums()
        model.answers += 1
        model.cost = try model.cost.adding(answer.cost)
        if isDraft {
            model.draftCost = try model.draftCost.adding(answer.cost)
            draftCost = try draftCost.adding(answer.cost)
        } else {
            model.delivered += 1
        }
        models[answer.model.text] = model
    }

    private mutating func count(_ result: EscalationResult, of first: String, delivered: String?) {
        switch result {
        case .errorCaught:
            errorsCaught += 1
            models[first]?.errorsCaught += 1
            if let delivered { models[delivered]?.mended += 1 }
        case .falseEscalation:
            falseEscalations += 1
            models[first]?.falseEscalations += 1
        case .notMended: notMended += 1
        case .unknown: break
        }
    }
}

extension CascadeSums.CheckSums {
    fileprivate mutating func add(_ standing: AnswerStanding, isDraft: Bool) {
        against += 1
        if isDraft { againstDrafts += 1 }
        switch standing {
        case .stood: againstRight += 1
        case .fell: againstWrong += 1
        case .unknown: break
        }
    }
}

extension Nanodollars {
    fileprivate func adding(_ other: Nanodollars) throws(LedgerError) -> Nanodollars {
        let (sum, overflow) = count.addingReportingOverflow(other.count)
        if overflow { throw .overflow }
        return Nanodollars(sum)
    }
}
