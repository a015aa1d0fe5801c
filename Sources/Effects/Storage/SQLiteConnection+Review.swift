internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// The ids of exchanges that a person should look at and nobody has, the latest first.
    mutating func reviews(in period: Period, limit: Int) throws(SQLiteError) -> [ExchangeID] {
        var ids: [ExchangeID] = []
        try query(
            """
            SELECT id FROM exchange e WHERE review IS NOT NULL AND arrival >= ? AND arrival < ?
                AND NOT EXISTS (SELECT 1 FROM review_verdict v WHERE v.exchange = coalesce(e.shadowed, e.id))
            ORDER BY arrival DESC LIMIT ?
            """, [.integer(period.since), .integer(period.until), .integer(limit)]
        ) { ids.append(ExchangeID($0.text(0))) }
        return ids
    }

    /// What a reviewer said of an exchange; nil if nobody did.
    mutating func verdict(on exchange: ExchangeID) throws(SQLiteError) -> ReviewVerdict? {
        var found: ReviewVerdict?
        try query("SELECT time, is_right, note FROM review_verdict WHERE exchange = ?", [.text(exchange.text)]) { row in
            found = ReviewVerdict(
                exchange: exchange, time: row.int64(0), isRight: row.int(1) != 0, note: row.optionalText(2))
        }
        return found
    }

    /// Keeps a reviewer's verdict and what follows from it.
    mutating func insert(_ verdict: ReviewVerdict, on exchange: ExchangeRecord) throws(SQLiteError) {
        try run(
            "INSERT INTO review_verdict VALUES (?, ?, ?, ?)",
            [
                .text(verdict.exchange.text), .integer(verdict.time), .integer(verdict.isRight ? 1 : 0),
                .optional(verdict.note),
            ])
        let pair = try pair(OutcomeRecord.id(.shadow, of: exchange.id))
        for outcome in verdict.outcomes(of: exchange, comparedIn: pair) { try insert(outcome) }
        if let pair, pair.verdict == .undecided {
            try insert(pair.reviewed(isRight: verdict.isRight, at: verdict.time))
        }
    }
}
