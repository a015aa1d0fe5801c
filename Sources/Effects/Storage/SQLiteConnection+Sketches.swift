internal import Dialogue
internal import Ledger
internal import SQLite

/// What is kept of prompts and answers: the delivered answer's sketch beside its prompt's, others by themselves.
extension SQLiteConnection {
    mutating func insertSketches(of exchange: ExchangeRecord, in row: Int64) throws(SQLiteError) {
        if let prompt = exchange.prompt {
            let answer = exchange.deliveredRecord?.sketch
            try run("INSERT INTO sketch VALUES (?, ?, ?, ?, ?, ?)") { values in
                values.bind(row)
                values.bind(prompt.features)
                values.bind(prompt.groupText)
                values.bind(prompt.propensity)
                values.bind(prompt.predicted)
                values.bind(answer)
            }
        }
        let delivered = exchange.prompt == nil ? nil : exchange.deliveredAttempt
        for attempt in exchange.attempts where attempt.number != delivered {
            guard let sketch = attempt.sketch else { continue }
            try run(
                "INSERT INTO draft_sketch VALUES (?, ?, ?)", [.integer(row), .integer(attempt.number), .blob(sketch)])
        }
    }

    /// Reads them into an exchange that was read without them.
    mutating func readSketches(of id: ExchangeID, into exchange: inout ExchangeRecord?) throws(SQLiteError) {
        func note(_ sketch: [UInt8]?, of attempt: Int?) {
            guard let place = exchange?.attempts.firstIndex(where: { $0.number == attempt }) else { return }
            exchange?.attempts[place].sketch = sketch
        }
        try query(
            """
            SELECT s.features, s.prompt_group, s.propensity, s.predicted, s.answer
            FROM sketch s JOIN exchange e ON e.row = s.exchange WHERE e.id = ?
            """, [.text(id.text)]
        ) { row in
            exchange?.prompt = PromptSketch(row, from: 0)
            note(row.optionalBlob(4), of: exchange?.deliveredAttempt)
        }
        try query(
            """
            SELECT s.number, s.sketch FROM draft_sketch s JOIN exchange e ON e.row = s.exchange WHERE e.id = ?
            """, [.text(id.text)]
        ) { note($0.optionalBlob(1), of: $0.int(0)) }
    }
}

extension PromptSketch {
    /// The group in hexadecimal digits.
    var groupText: String { String(group, radix: 16) }

    /// Reads features, group, propensity and prediction from a column on.
    init(_ row: borrowing SQLiteRow, from column: Int) {
        self.init(
            features: row.blob(column), group: UInt64(row.text(column + 1), radix: 16) ?? 0,
            propensity: row.double(column + 2), predicted: row.optionalDouble(column + 3))
    }
}
