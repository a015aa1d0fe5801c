internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// Inserts a pair, or nothing if its id is known.
    mutating func insert(_ pair: PairRecord) throws(SQLiteError) {
        try run(
            """
            INSERT INTO pair (id, time, exchange, route, prompt_group, certifies, propensity, policy, bound, model,
                baseline, verdict, probability, baseline_probability, path, own)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(pair.id), .integer(pair.time), .text(pair.exchange.text), .text(pair.route.text),
                .text(String(pair.group, radix: 16)), .integer(pair.certifies ? 1 : 0), .real(pair.propensity),
                .text(pair.policy), .real(pair.bound), .text(pair.model.text), .text(pair.baseline.text),
                .text(pair.verdict.rawValue), .real(pair.probability), .real(pair.baselineProbability),
                .text(PairRecord.Verdict.text(of: pair.path)), .optional(pair.isOwn.map(PairRecord.text)),
            ])
    }

    private static let pairColumns = """
        number, id, time, exchange, route, prompt_group, certifies, propensity, policy, bound, model, baseline, verdict,
        probability, baseline_probability, path, own
        """

    /// The pair of that id; nil if there is none.
    mutating func pair(_ id: String) throws(SQLiteError) -> PairRecord? {
        var found: PairRecord?
        try query("SELECT \(Self.pairColumns) FROM pair WHERE id = ?", [.text(id)]) { found = PairRecord($0) }
        return found
    }

    /// Reads the pairs after a number, in order.
    mutating func pairs(after number: Int64, limit: Int) throws(SQLiteError) -> [(number: Int64, PairRecord)] {
        var found: [(number: Int64, PairRecord)] = []
        try query(
            """
            SELECT \(Self.pairColumns) FROM pair WHERE number > ? ORDER BY number LIMIT ?
            """, [.integer(number), .integer(limit)]
        ) { row in if let pair = PairRecord(row) { found.append((row.int64(0), pair)) } }
        return found
    }
}

extension PairRecord {
    fileprivate init?(_ row: borrowing SQLiteRow) {
        guard let verdict = Verdict(rawValue: row.text(12)), let path = Verdict.path(row.text(15)) else { return nil }
        self.init(
            id: row.text(1), time: row.int64(2), exchange: ExchangeID(row.text(3)), route: RouteName(row.text(4)),
            group: UInt64(row.text(5), radix: 16) ?? 0, certifies: row.int(6) != 0, propensity: row.double(7),
            policy: row.text(8), bound: row.double(9), model: ModelName(row.text(10)),
            baseline: ModelName(row.text(11)), verdict: verdict, probability: row.double(13),
            baselineProbability: row.double(14), path: path,
            isOwn: row.optionalText(16).map(Self.flags))
    }
}
