internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    private struct Delivery {
        let exchange: Int64
        let delivered: Int?
        let evidence: DeliveryEvidence
        var attempts: [AttemptRecord] = []
    }

    /// Adds up what became of answers, one exchange after the other.
    mutating func cascade(in period: Period) throws(SQLiteError) -> Result<CascadeSums, LedgerError> {
        var sums = CascadeSums()
        var failure: LedgerError?
        var open: Delivery?
        func close() {
            guard let exchange = open, failure == nil else { return }
            do throws(LedgerError) {
                try sums.add(exchange.attempts, delivered: exchange.delivered, evidence: exchange.evidence)
            } catch {
                failure = error
            }
        }
        let condition = "e.arrival >= ?1 AND e.arrival < ?2 AND e.shadowed IS NULL"
        // What is said of a delivered answer is named for its exchange.
        try query(
            """
            SELECT \(Self.columns(of: "attempt_")), row, delivered_attempt, r.score, p.verdict, f.score
            FROM (\(Self.attempts(where: condition) { "e.row, e.id, e.delivered_attempt, \(Self.columns(of: $0))" })) e
            LEFT JOIN outcome r ON r.id = 'review/' || e.id
            LEFT JOIN pair p ON p.id = 'shadow/' || e.id
            LEFT JOIN outcome f ON f.id = 'feedback/' || e.id
            WHERE attempt_number IS NOT NULL ORDER BY row, attempt_number
            """, [.integer(period.since), .integer(period.until)]
        ) { row in
            if open?.exchange != row.int64(18) {
                close()
                open = Delivery(
                    exchange: row.int64(18), delivered: row.optionalInt64(19).map { Int($0) },
                    evidence: DeliveryEvidence(
                        review: row.optionalDouble(20),
                        comparison: row.optionalText(21).flatMap(PairRecord.Verdict.init),
                        feedback: row.optionalDouble(22)))
            }
            open?.attempts.append(AttemptRecord(row))
        }
        close()
        return failure.map { .failure($0) } ?? .success(sums)
    }
}
