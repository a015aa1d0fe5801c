internal import Dialogue
internal import Ledger
internal import SQLite

// What is kept of prompts and answers: the delivered answer's sketch beside its prompt's, others by themselves.

extension SQLiteConnection {
    mutating func insertDraftSketches(of exchange: ExchangeRecord, in row: Int64) throws(SQLiteError) {
        let delivered = exchange.prompt == nil ? nil : exchange.deliveredAttempt
        for attempt in exchange.attempts where attempt.number != delivered {
            guard let sketch = attempt.sketch else { continue }
            try run(
                "INSERT INTO draft_sketch VALUES (?, ?, ?)", [.integer(row), .integer(attempt.number), .blob(sketch)])
        }
    }
}

extension SQLiteParameters {
    /// Binds features, group, propensity and prediction of a prompt, and the sketch of its answer.
    func bind(_ prompt: PromptSketch?, answer: [UInt8]?) {
        bind(prompt?.features)
        bind(hexadecimal: prompt?.group)
        bind(prompt?.propensity)
        bind(prompt?.predicted)
        bind(answer)
    }
}

extension ExchangeRecord {
    /// Notes what is kept of an attempt's answer.
    mutating func note(_ sketch: [UInt8]?, of attempt: Int?) {
        guard let place = attempts.firstIndex(where: { $0.number == attempt }) else { return }
        attempts[place].sketch = sketch
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
