internal import Dialogue
internal import JSON
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// Inserts an exchange with its attempts, or nothing if its id is known.
    mutating func insert(_ exchange: ExchangeRecord) throws(SQLiteError) {
        let inserted = try run(
            """
            INSERT INTO exchange (id, arrival, duration, overhead, caller, route, requested, task, format, streamed,
                status, delivered_model, delivered_provider, baseline_model, baseline_cost, delivered_attempt,
                review, shadowed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """
        ) { row in
            row.bind(exchange.id.text)
            row.bind(exchange.arrival)
            row.bind(exchange.duration)
            row.bind(exchange.overhead)
            row.bind(exchange.caller.text)
            row.bind(exchange.route?.text)
            row.bind(exchange.requested)
            row.bind(exchange.taskClass.rawValue)
            row.bind(exchange.format)
            row.bind(exchange.streamed ? 1 : 0)
            row.bind(exchange.status)
            row.bind(exchange.deliveredModel?.text)
            row.bind(exchange.deliveredProvider?.text)
            row.bind(exchange.baselineModel?.text)
            row.bind(exchange.baselineCost?.count)
            row.bind(exchange.deliveredAttempt)
            row.bind(exchange.review?.text)
            row.bind(exchange.shadowed?.text)
        }
        guard inserted == 1 else { return }
        let row = lastInsertedRow
        for attempt in exchange.attempts { try insert(attempt, of: row) }
        try insertSketches(of: exchange, in: row)
    }

    private mutating func insert(_ attempt: AttemptRecord, of exchange: Int64) throws(SQLiteError) {
        let usage = attempt.usage
        try run("INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") { row in
            row.bind(exchange)
            row.bind(attempt.number)
            row.bind(attempt.model.text)
            row.bind(attempt.provider.text)
            row.bind(attempt.outcome.rawValue)
            row.bind(attempt.status)
            row.bind(usage.input)
            row.bind(usage.cacheRead)
            row.bind(usage.cacheWrite)
            row.bind(usage.cacheWriteLong)
            row.bind(usage.output)
            row.bind(usage.reasoning)
            row.bind(usage.isEstimated ? 1 : 0)
            row.bind(attempt.cost.count)
            row.bind(attempt.duration)
            row.bind(attempt.firstByte)
            row.bind(attempt.verdict?.probability)
            row.bind(attempt.verdict?.evidenceText)
            row.bind(attempt.likeness?.rawValue)
        }
    }

    /// The columns of an attempt in the order in which they are read.
    static let attemptColumns = """
        a.number, a.model, a.provider, a.outcome, a.status, a.input, a.cache_read, a.cache_write, a.cache_write_long,
        a.output, a.reasoning, a.estimated, a.cost, a.duration, a.first_byte, a.probability, a.evidence, a.likeness
        """

    /// Reads an exchange with its attempts in order.
    mutating func exchange(_ id: ExchangeID) throws(SQLiteError) -> ExchangeRecord? {
        var attempts: [AttemptRecord] = []
        try query(
            """
            SELECT \(Self.attemptColumns)
            FROM attempt a JOIN exchange e ON e.row = a.exchange WHERE e.id = ? ORDER BY a.number
            """, [.text(id.text)]
        ) { attempts.append(AttemptRecord($0)) }
        var found: ExchangeRecord?
        try query(
            """
            SELECT arrival, duration, overhead, caller, route, requested, task, format, streamed, status,
                delivered_model, delivered_provider, baseline_model, baseline_cost, delivered_attempt, review,
                shadowed
            FROM exchange WHERE id = ?
            """, [.text(id.text)]
        ) { found = ExchangeRecord($0, id: id, attempts: attempts) }
        if found != nil { try readSketches(of: id, into: &found) }
        return found
    }
}

extension AttemptRecord {
    /// Reads ``SQLiteConnection/attemptColumns``.
    init(_ row: borrowing SQLiteRow) {
        self.init(
            number: row.int(0), model: ModelName(row.text(1)), provider: ProviderName(row.text(2)),
            outcome: Outcome(rawValue: row.text(3)) ?? .lost, status: row.int(4),
            usage: TokenUsage(
                input: row.int(5), cacheRead: row.int(6), cacheWrite: row.int(7), cacheWriteLong: row.int(8),
                output: row.int(9), reasoning: row.int(10), isEstimated: row.int(11) != 0),
            cost: Nanodollars(row.int64(12)), duration: row.int64(13), firstByte: row.optionalInt64(14),
            verdict: VerdictRecord(row, from: 15),
            likeness: row.optionalText(17).flatMap(Likeness.init))
    }
}

extension ExchangeRecord {
    fileprivate init(_ row: borrowing SQLiteRow, id: ExchangeID, attempts: [AttemptRecord]) {
        self.init(
            id: id, arrival: row.int64(0), duration: row.int64(1), overhead: row.int64(2),
            caller: CallerName(row.text(3)), route: row.optionalText(4).map(RouteName.init), requested: row.text(5),
            taskClass: TaskClass(rawValue: row.text(6)) ?? .unknown, format: row.text(7), streamed: row.int(8) != 0,
            status: row.int(9), deliveredModel: row.optionalText(10).map(ModelName.init),
            deliveredProvider: row.optionalText(11).map(ProviderName.init),
            baselineModel: row.optionalText(12).map(ModelName.init),
            baselineCost: row.optionalInt64(13).map { Nanodollars($0) }, attempts: attempts,
            deliveredAttempt: row.optionalInt64(14).map { Int($0) },
            review: row.optionalText(15).flatMap { ReviewMark($0) },
            shadowed: row.optionalText(16).map(ExchangeID.init))
    }
}

extension VerdictRecord {
    fileprivate init?(_ row: borrowing SQLiteRow, from column: Int) {
        guard let probability = row.optionalDouble(column) else { return nil }
        let evidence = row.optionalText(column + 1).flatMap { try? JSONDocument.parse($0) }
        self.init(probability: probability, evidence: evidence.map { Self.evidence($0.root) } ?? [])
    }

    fileprivate var evidenceText: String {
        var json = JSONWriter()
        json.array { write(evidence: &$0) }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
