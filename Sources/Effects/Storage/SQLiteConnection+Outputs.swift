internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// How long the answers of the last exchanges kept were, by model and task class.
    mutating func outputs(ofLast limit: Int) throws(SQLiteError) -> [OutputSum] {
        var sums: [OutputSum] = []
        let last = Self.attempts(where: "e.row > (SELECT coalesce(max(row), 0) FROM exchange) - ?1") { attempt in
            """
            \(attempt)model AS model, e.task AS task, \(attempt)output AS output, \(attempt)outcome AS outcome,
            \(attempt)estimated AS estimated
            """
        }
        try query(
            """
            SELECT model, task, count(*), avg(output) FROM (\(last)) WHERE outcome = ?2 AND estimated = 0 GROUP BY model, task
            """,
            [.integer(limit), .text(AttemptRecord.Outcome.completed.rawValue)]
        ) { row in
            sums.append(
                OutputSum(
                    model: ModelName(row.text(0)), taskClass: TaskClass(rawValue: row.text(1)) ?? .unknown,
                    answers: row.int(2), meanTokens: row.double(3)))
        }
        return sums
    }
}
