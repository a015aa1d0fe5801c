internal import Dialogue
internal import JSON
internal import Ledger
internal import SQLite

// The columns of exchanges and attempts: the same order for writing and for reading.

extension SQLiteParameters {
    func bind(_ exchange: ExchangeRecord) {
        bind(exchange.id.text)
        bind(exchange.arrival)
        bind(exchange.duration)
        bind(exchange.overhead)
        bind(exchange.caller.text)
        bind(exchange.route?.text)
        bind(exchange.requested)
        bind(exchange.taskClass.rawValue)
        bind(exchange.format)
        bind(exchange.streamed ? 1 : 0)
        bind(exchange.status)
        bind(exchange.deliveredModel?.text)
        bind(exchange.deliveredProvider?.text)
        bind(exchange.baselineModel?.text)
        bind(exchange.baselineCost?.count)
        bind(exchange.deliveredAttempt)
        bind(exchange.review?.text)
        bind(exchange.shadowed?.text)
    }

    func bind(_ attempt: AttemptRecord?) {
        let usage = attempt?.usage
        bind(attempt?.number)
        bind(attempt?.model.text)
        bind(attempt?.provider.text)
        bind(attempt?.outcome.rawValue)
        bind(attempt?.status)
        bind(usage?.input)
        bind(usage?.cacheRead)
        bind(usage?.cacheWrite)
        bind(usage?.cacheWriteLong)
        bind(usage?.output)
        bind(usage?.reasoning)
        bind(usage.map { $0.isEstimated ? 1 : 0 })
        bind(attempt?.cost.count)
        bind(attempt?.duration)
        bind(attempt?.firstByte)
        bind(attempt?.verdict?.probability)
        bind(attempt?.verdict?.evidenceText)
        bind(attempt?.likeness?.rawValue)
    }
}

extension AttemptRecord {
    /// Reads ``SQLiteConnection/columns(of:)``.
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
    /// Reads an exchange with its first attempt: that attempt's columns, the sketch's, its own.
    init(_ row: borrowing SQLiteRow, id: ExchangeID) {
        self.init(
            id: id, arrival: row.int64(23), duration: row.int64(24), overhead: row.int64(25),
            caller: CallerName(row.text(26)), route: row.optionalText(27).map(RouteName.init), requested: row.text(28),
            taskClass: TaskClass(rawValue: row.text(29)) ?? .unknown, format: row.text(30), streamed: row.int(31) != 0,
            status: row.int(32), deliveredModel: row.optionalText(33).map(ModelName.init),
            deliveredProvider: row.optionalText(34).map(ProviderName.init),
            baselineModel: row.optionalText(35).map(ModelName.init),
            baselineCost: row.optionalInt64(36).map { Nanodollars($0) },
            attempts: row.optionalInt64(0) == nil ? [] : [AttemptRecord(row)],
            deliveredAttempt: row.optionalInt64(37).map { Int($0) },
            prompt: row.optionalBlob(18) == nil ? nil : PromptSketch(row, from: 18),
            review: row.optionalText(38).flatMap { ReviewMark($0) },
            shadowed: row.optionalText(39).map(ExchangeID.init))
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
