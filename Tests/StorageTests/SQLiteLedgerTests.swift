import Dialogue
import Ledger
import SQLite
import Storage
import Testing

struct SQLiteLedgerTests {
    @Test func `a verdict is kept once with what follows from it, and its item is listed no more`() async throws {
        try await withDatabasePath { path in
            let writer = try SQLiteLedger.open(path)
            var exchange = ExchangeRecord.sample(2)
            exchange.prompt = PromptSketch(features: [1], group: 7)
            exchange.review = ReviewMark(isHeld: false, reasons: ["doubtful"])
            var shadow = ExchangeRecord.sample(5)
            shadow.shadowed = ExchangeID("x2")
            shadow.review = ReviewMark(isHeld: false, reasons: ["differs from the baseline"])
            var pair = PairRecord.sample(2)
            pair.id = "shadow/x2"
            pair.verdict = .undecided
            let start = JournalPosition(segment: 1, offset: 0)
            try await writer.insert([exchange, shadow, .sample(4)], outcomes: [], pairs: [pair], upTo: start)
            #expect(try await writer.reviews(in: .always, limit: 9).count == 2)

            let beside = try #require(try await SQLiteLedger.openBeside(path))
            func verdict(_ id: String, isRight: Bool = true) -> ReviewVerdict {
                ReviewVerdict(exchange: ExchangeID(id), time: 9, isRight: isRight, note: "as in the manual")
            }
            #expect(try await beside.resolve(verdict("x9")) == .unknown)
            #expect(try await beside.resolve(verdict("x4")) == .notListed)
            #expect(try await beside.resolve(verdict("x2")) == .kept)
            #expect(try await beside.resolve(verdict("x2", isRight: false)) == .known(verdict("x2")))

            #expect(try await writer.reviews(in: .always, limit: 9).isEmpty)
            let outcomes = try await writer.outcomes(after: 0, limit: 9).map(\.1)
            // A certificate rests on the pair: it may not be learned from.
            #expect(outcomes.map { [$0.score, $0.weight] } == [[1, 0]])
            let pairs = try await writer.pairs(after: 0, limit: 9).map(\.1)
            #expect(pairs == [pair, pair.reviewed(isRight: true, at: 9)])
            #expect(pairs[1].path == [.agree, .agree])
            #expect(try await writer.cascade(in: .always).judged == [.review: 1])
        }
    }

    @Test func `nobody writes beside a ledger that is not there`() async throws {
        try await withDatabasePath { path in
            let ledger = try await SQLiteLedger.openBeside(path)
            #expect(ledger == nil)
        }
    }

    @Test func `a reader sees what a writer has kept, and changes nothing`() async throws {
        try await withDatabasePath { path in
            #expect(try SQLiteLedger.openForReading(path) == nil)
            let writer = try SQLiteLedger.open(path)
            let reader = try #require(try SQLiteLedger.openForReading(path))
            try await writer.insert([.sample(1)], upTo: JournalPosition(segment: 1, offset: 9))
            #expect(try await reader.exchange(ExchangeRecord.sample(1).id) == .sample(1))
            await #expect(throws: LedgerError.self) {
                try await reader.insert([], upTo: JournalPosition(segment: 1, offset: 10))
            }
        }
    }

    @Test func `a reader that holds still counts nothing that came since it looked`() async throws {
        try await withDatabasePath { path in
            let writer = try SQLiteLedger.open(path)
            try await writer.insert([.sample(1)], upTo: JournalPosition(segment: 1, offset: 9))
            let reader = try #require(try SQLiteLedger.openForReading(path))
            try await reader.holdStill()
            #expect(try await reader.exchange(ExchangeRecord.sample(2).id) == nil)
            try await writer.insert([.sample(2)], upTo: JournalPosition(segment: 1, offset: 10))
            #expect(try await reader.spend(by: .total, in: .always).first?.exchanges == 1)
            #expect(try await reader.cascade(in: .always).exchanges == 1)
            #expect(try await writer.spend(by: .total, in: .always).first?.exchanges == 2)
        }
    }

    @Test func `a transaction that is never committed leaves nothing`() async throws {
        try await withDatabasePath { path in
            do { _ = try SQLiteLedger.open(path) }
            do {
                var abandoned = try SQLiteConnection.open(path)
                try abandoned.run("BEGIN IMMEDIATE")
                try abandoned.run("INSERT INTO journal_position VALUES (1, 2, 3)")
            }
            #expect(try await SQLiteLedger.open(path).position() == nil)
        }
    }

    /// Gives a ledger the schema that an earlier release left: sketches of exchanges are `AID/` and `AQD/`, in Base64.
    private func age(_ path: String, to version: Int) throws {
        let older = try SQLiteConnection.open(path)
        try separate(older)
        if version == 9 { return }
        try older.execute(
            """
            CREATE TABLE prompt_sketch (
                exchange INTEGER PRIMARY KEY REFERENCES exchange (row),
                features TEXT NOT NULL, prompt_group TEXT NOT NULL, propensity REAL NOT NULL, predicted REAL
            ) STRICT;
            INSERT INTO prompt_sketch SELECT exchange, 'AID/', prompt_group, propensity, predicted FROM sketch;
            CREATE TABLE answer_sketch (
                exchange INTEGER NOT NULL REFERENCES exchange (row),
                number INTEGER NOT NULL,
                sketch TEXT NOT NULL,
                PRIMARY KEY (exchange, number)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO answer_sketch
                SELECT exchange, delivered_attempt, 'AQD/' FROM sketch JOIN exchange ON row = exchange WHERE answer NOT NULL
                UNION ALL SELECT exchange, number, 'AQD/' FROM draft_sketch;
            DROP TABLE sketch;
            DROP TABLE draft_sketch;
            ALTER TABLE outcome RENAME TO later_outcome;
            CREATE TABLE outcome (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                time INTEGER NOT NULL, source TEXT NOT NULL, weight REAL NOT NULL, model TEXT NOT NULL,
                score REAL NOT NULL, exchange TEXT, task TEXT NOT NULL,
                features TEXT NOT NULL, prompt_group TEXT NOT NULL, propensity REAL NOT NULL, predicted REAL,
                answer TEXT
            ) STRICT;
            INSERT INTO outcome
                SELECT number, id, time, source, weight, model, score, exchange, task,
                    CASE id WHEN 'o2' THEN 'Ag==' ELSE 'Aw==' END, prompt_group, propensity, predicted,
                    CASE id WHEN 'o2' THEN 'AQL/' END
                FROM later_outcome;
            DROP TABLE later_outcome;
            PRAGMA user_version = \(version);
            """)
        if version < 8 { try older.execute("DROP TABLE answer_sketch; ALTER TABLE outcome DROP COLUMN answer") }
    }

    /// Gives exchanges, attempts and sketches the tables of their own that they had in schema 9.
    private func separate(_ older: borrowing SQLiteConnection) throws {
        let attempt = [
            "number", "model", "provider", "outcome", "status", "input", "cache_read", "cache_write",
            "cache_write_long",
            "output", "reasoning", "estimated", "cost", "duration", "first_byte", "probability", "evidence", "likeness",
        ]
        try older.execute(
            """
            CREATE TABLE sketch (
                exchange INTEGER PRIMARY KEY REFERENCES exchange (row),
                features BLOB NOT NULL, prompt_group TEXT NOT NULL, propensity REAL NOT NULL, predicted REAL, answer BLOB
            ) STRICT;
            INSERT INTO sketch SELECT row, features, prompt_group, propensity, predicted, answer FROM exchange
                WHERE features IS NOT NULL;
            INSERT INTO further_attempt SELECT * FROM attempt WHERE true ON CONFLICT DO NOTHING;
            DROP VIEW attempt;
            ALTER TABLE further_attempt RENAME TO attempt;
            PRAGMA user_version = 9;
            """)
        let sketch = ["features", "prompt_group", "propensity", "predicted", "answer"]
        for column in attempt.map({ "attempt_\($0)" }) + sketch {
            try older.execute("ALTER TABLE exchange DROP COLUMN \(column)")
        }
    }

    @Test(arguments: [7, 8, 9])
    func `a ledger of an earlier release is brought up to date, and kept`(version: Int) async throws {
        try await withDatabasePath { path in
            let start = JournalPosition(segment: 1, offset: 9)
            // Without a sketch, with two beside its prompt's, and with one but without a prompt's.
            var exchanges = [ExchangeRecord.sample(1), .sample(2), .sample(4)]
            for place in 0...1 {
                exchanges[place].prompt = PromptSketch(
                    features: [0, 128, 255], group: .max, propensity: 0.25, predicted: nil)
            }
            exchanges[1].attempts[0].sketch = [1, 0, 255]
            var outcomes = [OutcomeRecord.sample(2), .sample(3)]
            try await SQLiteLedger.open(path).insert(exchanges, outcomes: outcomes, upTo: start)
            try age(path, to: version)
            #expect(throws: LedgerError.self) { try SQLiteLedger.openForReading(path) }

            let store = try SQLiteLedger.open(path)
            try await store.insert([.sample(8)], outcomes: [.sample(4)], upTo: start)
            if version < 8 {
                for exchange in exchanges.indices {
                    for attempt in exchanges[exchange].attempts.indices {
                        exchanges[exchange].attempts[attempt].sketch = nil
                    }
                }
                outcomes[0].answer = nil
            }
            for exchange in exchanges + [.sample(8)] {
                #expect(try await store.exchange(exchange.id) == exchange)
            }
            #expect(try await store.outcomes(after: 0, limit: 9).map(\.1) == outcomes + [.sample(4)])
            #expect(try await store.remove(before: .max, limit: 9) == 4)
        }
    }

    @Test func `a ledger of a later release is refused`() async throws {
        try await withDatabasePath { path in
            do { try SQLiteConnection.open(path).execute("PRAGMA user_version = 99") }
            #expect(throws: LedgerError.self) { try SQLiteLedger.open(path) }
        }
    }
}
