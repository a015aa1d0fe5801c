internal import SQLite

extension LedgerMigrations {
    /// Sketches as bytes in place of Base64, and the delivered answer's beside its prompt's: an exchange has one row of both.
    ///
    /// `unbase64` is defined by whoever migrates.
    static func sketchesAsBytes(_ number: Int) -> SQLiteMigration {
        SQLiteMigration(
            number,
            """
            CREATE TABLE sketch (
                exchange INTEGER PRIMARY KEY REFERENCES exchange (row),
                features BLOB NOT NULL, prompt_group TEXT NOT NULL, propensity REAL NOT NULL, predicted REAL, answer BLOB
            ) STRICT;
            INSERT INTO sketch
                SELECT p.exchange, coalesce(unbase64(p.features), x''), p.prompt_group, p.propensity, p.predicted,
                    unbase64(s.sketch)
                FROM prompt_sketch p JOIN exchange e ON e.row = p.exchange
                LEFT JOIN answer_sketch s ON s.exchange = e.row AND s.number = e.delivered_attempt
                ORDER BY p.exchange;
            CREATE TABLE draft_sketch (
                exchange INTEGER NOT NULL REFERENCES exchange (row),
                number INTEGER NOT NULL,
                sketch BLOB NOT NULL,
                PRIMARY KEY (exchange, number)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO draft_sketch
                SELECT s.exchange, s.number, unbase64(s.sketch)
                FROM answer_sketch s JOIN exchange e ON e.row = s.exchange LEFT JOIN sketch k ON k.exchange = e.row
                WHERE unbase64(s.sketch) IS NOT NULL AND (k.answer IS NULL OR s.number IS NOT e.delivered_attempt);
            DROP TABLE prompt_sketch;
            DROP TABLE answer_sketch;
            ALTER TABLE outcome RENAME TO old_outcome;
            CREATE TABLE outcome (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                time INTEGER NOT NULL, source TEXT NOT NULL, weight REAL NOT NULL, model TEXT NOT NULL,
                score REAL NOT NULL, exchange TEXT, task TEXT NOT NULL,
                features BLOB NOT NULL, prompt_group TEXT NOT NULL, propensity REAL NOT NULL, predicted REAL,
                answer BLOB
            ) STRICT;
            INSERT INTO outcome
                SELECT number, id, time, source, weight, model, score, exchange, task, coalesce(unbase64(features), x''),
                    prompt_group, propensity, predicted, unbase64(answer)
                FROM old_outcome ORDER BY number;
            DROP TABLE old_outcome;
            """)
    }
}
