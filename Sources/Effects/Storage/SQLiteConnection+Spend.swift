internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// Adds spend up by group; a name comes once for what is kept one by one and once for each day of what is not.
    ///
    /// SQLite refuses a sum of integers that does not fit 64 bits.
    mutating func spend(by grouping: SpendGrouping, in period: Period) throws(SQLiteError) -> [SpendRow] {
        var rows: [SpendRow] = []
        try query(Self.statement(grouping), [.integer(period.since), .integer(period.until)]) { row in
            if row.int(1) > 0 || row.int(2) > 0 { rows.append(SpendRow(row)) }
        }
        return rows + (try removedSpend(by: grouping, in: period))
    }

    /// One row for each exchange and model called, or for each exchange; only the delivered attempt's, else the
    /// last one's, bears the baseline.
    private static func statement(_ grouping: SpendGrouping) -> String {
        let attempts = attempts(where: "e.arrival >= ?1 AND e.arrival < ?2") { attempt in
            let name =
                switch grouping {
                case .total: "''"
                case .route: "coalesce(e.route, '')"
                case .model: "coalesce(\(attempt)model, '')"
                case .task: "e.task"
                case .key: "e.caller"
                case .day: "date(e.arrival / 1000000, 'unixepoch')"
                }
            return """
                \(name) AS name, iif(e.shadowed IS NULL, e.row, NULL) AS own, \(attempt)number AS number,
                \(attempt)input + \(attempt)cache_read + \(attempt)cache_write + \(attempt)cache_write_long AS input,
                \(attempt)output AS output, \(attempt)cost AS cost, iif(\(attempt)estimated, \(attempt)cost, 0) AS estimated,
                iif(\(attempt)number IS coalesce(
                        e.delivered_attempt, (SELECT max(number) FROM further_attempt WHERE exchange = e.row),
                        e.attempt_number),
                    iif(e.shadowed IS NULL, e.baseline_cost, NULL), 0) AS baseline,
                iif(e.baseline_cost IS NULL OR e.shadowed IS NOT NULL, 0, \(attempt)cost) AS compared,
                iif(e.shadowed IS NULL, 0, \(attempt)cost) AS shadow
                """
        }
        return """
            SELECT name, count(DISTINCT own), count(number), sum(input), sum(output), sum(cost), sum(estimated),
                sum(baseline), sum(compared), sum(shadow)
            FROM (\(attempts)) GROUP BY name
            """
    }
}

extension SpendRow {
    /// Reads a name, counts and sums, in the order of its members.
    init(_ row: borrowing SQLiteRow) {
        self.init(
            name: row.text(0), exchanges: row.int(1), attempts: row.int(2), inputTokens: row.int(3),
            outputTokens: row.int(4), cost: Nanodollars(row.int64(5)), estimatedCost: Nanodollars(row.int64(6)),
            baselineCost: Nanodollars(row.int64(7)), comparedCost: Nanodollars(row.int64(8)),
            shadowCost: Nanodollars(row.int64(9)))
    }
}
