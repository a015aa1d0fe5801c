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
        let name =
            switch grouping {
            case .total: "''"
            case .route: "coalesce(e.route, '')"
            case .model: "coalesce(a.model, '')"
            case .task: "e.task"
            case .key: "e.caller"
            case .day: "date(e.arrival / 1000000, 'unixepoch')"
            }
        return """
            SELECT \(name) AS name, count(DISTINCT iif(e.shadowed IS NULL, e.row, NULL)), count(a.number),
                sum(a.input + a.cache_read + a.cache_write + a.cache_write_long), sum(a.output), sum(a.cost),
                sum(iif(a.estimated, a.cost, 0)),
                sum(iif(a.number IS coalesce(e.delivered_attempt, (SELECT max(number) FROM attempt WHERE exchange = e.row)),
                    iif(e.shadowed IS NULL, e.baseline_cost, NULL), 0)),
                sum(iif(e.baseline_cost IS NULL OR e.shadowed IS NOT NULL, 0, a.cost)), sum(iif(e.shadowed IS NULL, 0, a.cost))
            FROM exchange e LEFT JOIN attempt a ON a.exchange = e.row
            WHERE e.arrival >= ? AND e.arrival < ? GROUP BY name
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
