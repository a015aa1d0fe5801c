package import Dialogue

/// A reviewer's word on the answer of an exchange.
package struct ReviewVerdict: Hashable, Sendable {
    package var exchange: ExchangeID
    /// Microseconds since 1970.
    package var time: Int64
    package var isRight: Bool
    /// The reviewer's own words; nil without.
    package var note: String?

    package init(exchange: ExchangeID, time: Int64, isRight: Bool, note: String? = nil) {
        self.exchange = exchange
        self.time = time
        self.isRight = isRight
        self.note = note
    }

    /// What it tells of the exchange's answers; `pair` is the exchange's comparison, if there was one.
    ///
    /// Where a certificate rests on the pair nothing is learned from it: the outcomes count nothing.
    package func outcomes(of exchange: ExchangeRecord, comparedIn pair: PairRecord?) -> [OutcomeRecord] {
        exchange.outcomes(.review, score: isRight ? 1 : 0, at: time).map { outcome in
            var outcome = outcome
            if pair?.certifies ?? false { outcome.weight = 0 }
            return outcome
        }
    }
}
