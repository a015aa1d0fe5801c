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

    /// What these outcomes and pairs say of delivered answers: their ids name the source and the exchange, and the first of an id counts.
    package static func byExchange(outcomes: [OutcomeRecord], pairs: [PairRecord]) -> [ExchangeID: DeliveryEvidence] {
        var found: [ExchangeID: DeliveryEvidence] = [:]
        for outcome in outcomes {
            guard let exchange = outcome.exchange, outcome.id == OutcomeRecord.id(outcome.source, of: exchange) else {
                continue
            }
            switch outcome.source {
            case .review: found[exchange, default: Self()].review = found[exchange]?.review ?? outcome.score
            case .feedback: found[exchange, default: Self()].feedback = found[exchange]?.feedback ?? outcome.score
            case .reference, .execution, .shadow, .pushback: break
            }
        }
        for pair in pairs where pair.id == OutcomeRecord.id(.shadow, of: pair.exchange) {
            found[pair.exchange, default: Self()].comparison = found[pair.exchange]?.comparison ?? pair.verdict
        }
        return found
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
