package import Dialogue

/// What evidence says of a delivered answer, each kind by itself.
package struct DeliveryEvidence: Hashable, Sendable {
    /// A reviewer's score, from 0, wrong, to 1, right.
    package var review: Double?
    /// How the baseline's answer compares.
    package var comparison: PairRecord.Verdict?
    /// The caller's score.
    package var feedback: Double?

    package init(review: Double? = nil, comparison: PairRecord.Verdict? = nil, feedback: Double? = nil) {
        self.review = review
        self.comparison = comparison
        self.feedback = feedback
    }

    /// What these outcomes and pairs say of an exchange's delivered answer: their ids name the source and the exchange.
    package init(of exchange: ExchangeID, outcomes: [OutcomeRecord], pairs: [PairRecord]) {
        func score(_ source: OutcomeRecord.Source) -> Double? {
            outcomes.first { $0.id == OutcomeRecord.id(source, of: exchange) }?.score
        }
        review = score(.review)
        feedback = score(.feedback)
        comparison = pairs.first { $0.id == OutcomeRecord.id(.shadow, of: exchange) }?.verdict
    }

    /// Whether the answer was right, and who says so: of those that decide, the one that weighs most.
    package var judgement: (isRight: Bool, source: OutcomeRecord.Source)? {
        if let review, review != 0.5 { return (review > 0.5, .review) }
        switch comparison {
        case .agree, .gain: return (true, .shadow)
        case .harm: return (false, .shadow)
        case .undecided, nil: break
        }
        if let feedback, feedback != 0.5 { return (feedback > 0.5, .feedback) }
        return nil
    }
}
