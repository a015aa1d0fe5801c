internal import Dialogue
internal import Ledger
internal import SQLite

extension LedgerMigrations {
    /// What exchanges cost that are no longer kept one by one, added up by day and by each grouping.
    static func removedSpend(_ number: Int) -> SQLiteMigration {
        SQLiteMigration(
            number,
            """
            CREATE TABLE removed_spend (
                day INTEGER NOT NULL, grouped TEXT NOT NULL, name TEXT NOT NULL,
                exchanges INTEGER NOT NULL, attempts INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL,
                cost INTEGER NOT NULL, estimated_cost INTEGER NOT NULL, baseline_cost INTEGER NOT NULL,
                compared_cost INTEGER NOT NULL, shadow_cost INTEGER NOT NULL,
                PRIMARY KEY (day, grouped, name)
            ) STRICT, WITHOUT ROWID;
            """)
    }
}

extension SQLiteConnection {
    /// Removes the oldest exchanges that arrived before a moment, with what belongs to them; their spend stays as sums.
    mutating func remove(before time: Int64, limit: Int) throws(SQLiteError) -> Int {
        var oldest: [(row: Int64, id: ExchangeID)] = []
        try query(
            "SELECT row, id FROM exchange WHERE arrival < ? ORDER BY arrival LIMIT ?",
            [.integer(time), .integer(limit)]
        ) { oldest.append(($0.int64(0), ExchangeID($0.text(1)))) }
        for (row, id) in oldest {
            guard let exchange = try exchange(id) else { continue }
            let day = CalendarDay(microseconds: exchange.arrival).number
            for grouping in SpendGrouping.kept {
                for sum in exchange.spend(by: grouping) { try add(sum, of: grouping, on: day) }
            }
            try run("DELETE FROM further_attempt WHERE exchange = ?", [.integer(row)])
            try run("DELETE FROM draft_sketch WHERE exchange = ?", [.integer(row)])
            try run("DELETE FROM exchange WHERE row = ?", [.integer(row)])
        }
        return oldest.count
    }

    private mutating func add(_ sum: SpendRow, of grouping: SpendGrouping, on day: Int64) throws(SQLiteError) {
        try run(
            """
            INSERT INTO removed_spend VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (day, grouped, name) DO UPDATE SET exchanges = exchanges + excluded.exchanges,
                attempts = attempts + excluded.attempts, input = input + excluded.input,
                output = output + excluded.output, cost = cost + excluded.cost,
                estimated_cost = estimated_cost + excluded.estimated_cost,
                baseline_cost = baseline_cost + excluded.baseline_cost,
                compared_cost = compared_cost + excluded.compared_cost, shadow_cost = shadow_cost + excluded.shadow_cost
            """,
            [
                .integer(day), .text(grouping.rawValue), .text(sum.name), .integer(sum.exchanges),
                .integer(sum.attempts), .integer(sum.inputTokens), .integer(sum.outputTokens),
                .integer(sum.cost.count), .integer(sum.estimatedCost.count), .integer(sum.baselineCost.count),
                .integer(sum.comparedCost.count), .integer(sum.shadowCost.count),
            ])
    }

    /// What the removed exchanges of a period's days cost: one row for each day and name.
    mutating func removedSpend(by grouping: SpendGrouping, in period: Period) throws(SQLiteError) -> [SpendRow] {
        var rows: [SpendRow] = []
        try query(
            """
            SELECT name, exchanges, attempts, input, output, cost, estimated_cost, baseline_cost, compared_cost,
                shadow_cost, day
            FROM removed_spend WHERE grouped = ? AND day >= ? AND day < ?
            """,
            [
                .text(grouping == .day ? SpendGrouping.total.rawValue : grouping.rawValue),
                .integer(period.days.lowerBound),
                .integer(period.days.upperBound),
            ]
        ) { row in
            var sum = SpendRow(row)
            if grouping == .day { sum.name = CalendarDay(number: row.int64(10)).description }
            rows.append(sum)
        }
        return rows
    }
}
