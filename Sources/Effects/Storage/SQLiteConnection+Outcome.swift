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
                .text(outcome.taskClass.rawValue), .blob(outcome.prompt.features), .text(outcome.prompt.groupText),
                .real(outcome.prompt.propensity), .optional(outcome.prompt.predicted), .optional(outcome.answer),
            ]) == 1
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
                        answer: row.optionalBlob(13))
                ))
        }
        return found
    }
}
