internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// Adds up what became of answers, one exchange after the other.
    mutating func cascade(in period: Period) throws(SQLiteError) -> Result<CascadeSums, LedgerError> {
        var sums = CascadeSums()
        var failure: LedgerError?
        var open: (exchange: Int64, delivered: Int?, attempts: [AttemptRecord])?
        func close() {
            guard let exchange = open, failure == nil else { return }
            do throws(LedgerError) {
                try sums.add(exchange.attempts, delivered: exchange.delivered)
            } catch {
                failure = error
            }
        }
        try query(
            """
            SELECT \(Self.attemptColumns), e.row, e.delivered_attempt
            FROM exchange e JOIN attempt a ON a.exchange = e.row
            WHERE e.arrival >= ? AND e.arrival < ? AND e.shadowed IS NULL ORDER BY e.row, a.number
            """, [.integer(period.since), .integer(period.until)]
        ) { row in
            if open?.exchange != row.int64(17) {
                close()
                open = (row.int64(17), row.optionalInt64(18).map { Int($0) }, [])
            }
            open?.attempts.append(AttemptRecord(row))
        }
        close()
        return failure.map { .failure($0) } ?? .success(sums)
    }
}
