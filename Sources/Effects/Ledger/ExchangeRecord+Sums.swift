package import Dialogue

extension ExchangeRecord {
    /// What all attempts cost together: rounded costs are added, nothing is rounded again.
    package var cost: Nanodollars { attempts.reduce(.zero) { $0 + $1.cost } }

    /// What the baseline would have cost less what was paid, which may be negative; nil without a baseline.
    package var saving: Nanodollars? { baselineCost.map { $0 - cost } }

    /// The attempt whose answer was delivered.
    package var deliveredRecord: AttemptRecord? {
        deliveredAttempt.flatMap { number in attempts.first { $0.number == number } }
    }

    /// What the answers cost that were looked at and not delivered.
    package var draftCost: Nanodollars {
        attempts.reduce(.zero) { sum, attempt in
            attempt.isAnswer && attempt.number != deliveredAttempt ? sum + attempt.cost : sum
        }
    }

    /// Whether an answer was delivered in place of one that would not do.
    package var isEscalated: Bool {
        deliveredAttempt != nil && attempts.count > 1 && attempts.count { $0.isAnswer } > 1
    }
}
