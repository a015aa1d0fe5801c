internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// Inserts an exchange with its attempts, or nothing if its id is known.
    mutating func insert(_ exchange: ExchangeRecord) throws(SQLiteError) {
        let inserted = try run(
            """
            INSERT INTO exchange (id, arrival, duration, overhead, caller, route, requested, task, format, streamed,
                status, delivered_model, delivered_provider, baseline_model, baseline_cost, delivered_attempt,
                review, shadowed,
                attempt_number, attempt_model, attempt_provider, attempt_outcome, attempt_status, attempt_input,
                attempt_cache_read, attempt_cache_write, attempt_cache_write_long, attempt_output, attempt_reasoning,
                attempt_estimated, attempt_cost, attempt_duration, attempt_first_byte, attempt_probability,
                attempt_evidence, attempt_likeness,
                features, prompt_group, propensity, predicted, answer)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """
        ) { row in
            row.bind(exchange)
            row.bind(exchange.attempts.first)
            row.bind(exchange.prompt, answer: exchange.prompt == nil ? nil : exchange.deliveredRecord?.sketch)
        }
        guard inserted == 1 else { return }
        let row = lastInsertedRow
        for attempt in exchange.attempts.dropFirst() { try insert(attempt, of: row) }
        try insertDraftSketches(of: exchange, in: row)
    }

    private mutating func insert(_ attempt: AttemptRecord, of exchange: Int64) throws(SQLiteError) {
        try run("INSERT INTO further_attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") { row in
            row.bind(exchange)
            row.bind(attempt)
        }
    }

    /// The columns of an attempt in the order in which they are read; `attempt` is how their names begin: `a.` for a further
    /// one, `attempt_` for the first in its exchange's row.
    static func columns(of attempt: String) -> String {
        """
        \(attempt)number, \(attempt)model, \(attempt)provider, \(attempt)outcome, \(attempt)status, \(attempt)input,
        \(attempt)cache_read, \(attempt)cache_write, \(attempt)cache_write_long, \(attempt)output, \(attempt)reasoning,
        \(attempt)estimated, \(attempt)cost, \(attempt)duration, \(attempt)first_byte, \(attempt)probability,
        \(attempt)evidence, \(attempt)likeness
        """
    }

    /// The exchanges `e` that fit a condition, once for each attempt and once if there was none; `columns` makes of how an attempt's columns
    /// begin what is to be selected.
    static func attempts(where condition: String, _ columns: (_ attempt: String) -> String) -> String {
        """
        SELECT \(columns("e.attempt_")) FROM exchange e WHERE \(condition)
        UNION ALL
        SELECT \(columns("a.")) FROM exchange e JOIN further_attempt a ON a.exchange = e.row WHERE \(condition)
        """
    }

    /// Reads an exchange with its attempts in order.
    mutating func exchange(_ id: ExchangeID) throws(SQLiteError) -> ExchangeRecord? {
        var place: Int64 = 0
        var answer: [UInt8]?
        var found: ExchangeRecord?
        try query(
            """
            SELECT \(Self.columns(of: "attempt_")), features, prompt_group, propensity, predicted, answer,
                arrival, duration, overhead, caller, route, requested, task, format, streamed, status,
                delivered_model, delivered_provider, baseline_model, baseline_cost, delivered_attempt, review,
                shadowed, row
            FROM exchange WHERE id = ?
            """, [.text(id.text)]
        ) { row in
            found = ExchangeRecord(row, id: id)
            answer = row.optionalBlob(22)
            place = row.int64(40)
        }
        guard var exchange = found else { return nil }
        try query(
            "SELECT \(Self.columns(of: "a.")) FROM further_attempt a WHERE exchange = ? ORDER BY number",
            [.integer(place)]
        ) { exchange.attempts.append(AttemptRecord($0)) }
        exchange.note(answer, of: exchange.deliveredAttempt)
        try query("SELECT number, sketch FROM draft_sketch WHERE exchange = ?", [.integer(place)]) { row in
            exchange.note(row.optionalBlob(1), of: row.int(0))
        }
        return exchange
    }
}
