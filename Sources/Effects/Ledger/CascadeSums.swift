package import Dialogue

/// What became of the answers of a period: how many were delivered, and what those cost that were not.
package struct CascadeSums: Hashable, Sendable {
    /// Exchanges with an answer that came to its end.
    package private(set) var exchanges = 0
    /// Those with more than one answer.
    package private(set) var escalated = 0
    /// Those of them whose first answer was delivered all the same.
    package private(set) var inVain = 0
    package private(set) var cost = Nanodollars.zero
    /// What answers cost that were not delivered.
    package private(set) var draftCost = Nanodollars.zero
    package private(set) var models: [String: ModelSums] = [:]
    package private(set) var checks: [String: CheckSums] = [:]

    package struct ModelSums: Hashable, Sendable {
        package var answers = 0
        package var delivered = 0
        package var cost = Nanodollars.zero
        package var draftCost = Nanodollars.zero
    }

    /// How often a check spoke against an answer.
    package struct CheckSums: Hashable, Sendable {
        package var against = 0
        /// Of answers that were not delivered.
        package var againstDrafts = 0
    }

    package init() {}

    /// Adds the answers of one exchange; `delivered` is the number of the attempt that was.
    ///
    /// - Throws: if a sum does not fit.
    package mutating func add(_ attempts: [AttemptRecord], delivered: Int?) throws(LedgerError) {
        let answers = attempts.filter(\.isAnswer)
        guard let first = answers.first else { return }
        exchanges += 1
        if answers.count > 1 {
            escalated += 1
            if first.number == delivered { inVain += 1 }
        }
        for attempt in attempts {
            cost = try cost.adding(attempt.cost)
            guard attempt.isAnswer else { continue }
            var model = models[attempt.model.text] ?? ModelSums()
            let isDraft = attempt.number != delivered
            model.answers += 1
            model.cost = try model.cost.adding(attempt.cost)
            if isDraft {
                model.draftCost = try model.draftCost.adding(attempt.cost)
                draftCost = try draftCost.adding(attempt.cost)
            } else {
                model.delivered += 1
            }
            models[attempt.model.text] = model
            let against = attempt.verdict?.evidence.filter { $0.verdict == "fails" }.map(\.check) ?? []
            for check in Set(against) {
                checks[check, default: CheckSums()].against += 1
                if isDraft { checks[check, default: CheckSums()].againstDrafts += 1 }
            }
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
