internal import Dialogue
internal import Ledger
internal import SQLite

extension SQLiteConnection {
    /// How long the answers of the last exchanges kept were, by model and task class.
    mutating func outputs(ofLast limit: Int) throws(SQLiteError) -> [OutputSum] {
        var sums: [OutputSum] = []
        try query(
            """
            SELECT a.model, e.task, count(*), avg(a.output) FROM exchange e JOIN attempt a ON a.exchange = e.row
            WHERE e.row > (SELECT coalesce(max(row), 0) FROM exchange) - ? AND a.outcome = ? AND a.estimated = 0
            GROUP BY a.model, e.task
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
