internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// Inserts an outcome, or nothing if its id is known; says whether it was new.
    @discardableResult
    mutating func insert(_ outcome: OutcomeRecord) throws(SQLiteError) -> Bool {
        try run(
            """
            INSERT INTO outcome (id, time, source, weight, model, score, exchange, task, features, prompt_group,
                propensity, predicted, answer)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(outcome.id), .integer(outcome.time), .text(outcome.source.rawValue), .real(outcome.weight),
                .text(outcome.model.text), .real(outcome.score), .optional(outcome.exchange?.text),
                .text(outcome.taskClass.rawValue),
            ] + outcome.prompt.values + [.optional(outcome.answer.map { Base64.encode($0) })]) == 1
    }

    /// Inserts what is kept of an exchange's prompt.
    mutating func insert(_ prompt: PromptSketch, of exchange: Int64) throws(SQLiteError) {
        try run("INSERT INTO prompt_sketch VALUES (?, ?, ?, ?, ?)", [.integer(exchange)] + prompt.values)
    }

    /// Reads the outcomes after a number, in order.
    mutating func outcomes(
        after number: Int64, limit: Int
    ) throws(SQLiteError) -> [(number: Int64, OutcomeRecord)] {
        var found: [(number: Int64, OutcomeRecord)] = []
        try query(
            """
            SELECT number, id, time, source, weight, model, score, exchange, task, features, prompt_group, propensity,
                predicted, answer
            FROM outcome WHERE number > ? ORDER BY number LIMIT ?
            """, [.integer(number), .integer(limit)]
        ) { row in
            guard let source = OutcomeRecord.Source(rawValue: row.text(3)) else { return }
            found.append(
                (
                    row.int64(0),
                    OutcomeRecord(
                        id: row.text(1), time: row.int64(2), source: source, weight: row.double(4),
                        model: ModelName(row.text(5)), score: row.double(6),
                        exchange: row.optionalText(7).map(ExchangeID.init),
                        taskClass: TaskClass(rawValue: row.text(8)) ?? .unknown,
                        prompt: PromptSketch(row, from: 9),
                        answer: row.optionalText(13).flatMap { Base64.decode($0) })
                ))
        }
        return found
    }
}

extension PromptSketch {
    /// What is stored of it, in the order of the columns.
    fileprivate var values: [SQLiteValue] {
        [
            .text(Base64.encode(features)), .text(String(group, radix: 16)), .real(propensity),
            predicted.map { .real($0) } ?? .null,
        ]
    }

    /// Reads four columns.
    init(_ row: borrowing SQLiteRow, from column: Int) {
        self.init(
            features: Base64.decode(row.text(column)) ?? [], group: UInt64(row.text(column + 1), radix: 16) ?? 0,
            propensity: row.double(column + 2), predicted: row.optionalDouble(column + 3))
    }
}
