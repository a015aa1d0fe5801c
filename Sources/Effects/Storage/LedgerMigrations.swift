internal import SQLite

/// The ledger's schema in SQLite.
///
/// Money is in nanodollars, time in microseconds; released steps never change.
enum LedgerMigrations {
    static let all = [
        SQLiteMigration(
            1,
            """
            CREATE TABLE exchange (
                row INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                arrival INTEGER NOT NULL, duration INTEGER NOT NULL, overhead INTEGER NOT NULL,
                caller TEXT NOT NULL, route TEXT, requested TEXT NOT NULL, task TEXT NOT NULL,
                format TEXT NOT NULL, streamed INTEGER NOT NULL, status INTEGER NOT NULL,
                delivered_model TEXT, delivered_provider TEXT, baseline_model TEXT, baseline_cost INTEGER
            ) STRICT;
            CREATE INDEX exchange_arrival ON exchange (arrival);
            CREATE TABLE attempt (
                exchange INTEGER NOT NULL REFERENCES exchange (row),
                number INTEGER NOT NULL,
                model TEXT NOT NULL, provider TEXT NOT NULL, outcome TEXT NOT NULL, status INTEGER NOT NULL,
                input INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write INTEGER NOT NULL,
                cache_write_long INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
                estimated INTEGER NOT NULL, cost INTEGER NOT NULL,
                duration INTEGER NOT NULL, first_byte INTEGER,
                PRIMARY KEY (exchange, number)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE journal_position (
                single INTEGER PRIMARY KEY CHECK (single = 1),
                segment INTEGER NOT NULL, offset INTEGER NOT NULL
            ) STRICT;
            """),
        SQLiteMigration(
            2,
            """
            CREATE TABLE prompt_sketch (
                exchange INTEGER PRIMARY KEY REFERENCES exchange (row),
                features TEXT NOT NULL, prompt_group TEXT NOT NULL, propensity REAL NOT NULL, predicted REAL
            ) STRICT;
            CREATE TABLE outcome (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                time INTEGER NOT NULL, source TEXT NOT NULL, weight REAL NOT NULL, model TEXT NOT NULL,
                score REAL NOT NULL, exchange TEXT, task TEXT NOT NULL,
                features TEXT NOT NULL, prompt_group TEXT NOT NULL, propensity REAL NOT NULL, predicted REAL
            ) STRICT;
            """),
        SQLiteMigration(
            3,
            """
            ALTER TABLE exchange ADD COLUMN delivered_attempt INTEGER;
            ALTER TABLE attempt ADD COLUMN probability REAL;
            ALTER TABLE attempt ADD COLUMN evidence TEXT;
            """),
        SQLiteMigration(
            4,
            """
            ALTER TABLE exchange ADD COLUMN review TEXT;
            CREATE INDEX exchange_review ON exchange (arrival) WHERE review IS NOT NULL;
            """),
        SQLiteMigration(
            5,
            """
            ALTER TABLE exchange ADD COLUMN shadowed TEXT;
            CREATE TABLE pair (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                time INTEGER NOT NULL, exchange TEXT NOT NULL, route TEXT NOT NULL, prompt_group TEXT NOT NULL,
                certifies INTEGER NOT NULL, propensity REAL NOT NULL, policy TEXT NOT NULL, bound REAL NOT NULL,
                model TEXT NOT NULL, baseline TEXT NOT NULL, verdict TEXT NOT NULL, probability REAL NOT NULL,
                baseline_probability REAL NOT NULL, path TEXT NOT NULL
            ) STRICT;
            """),
        SQLiteMigration(
            6,
            """
            ALTER TABLE attempt ADD COLUMN likeness TEXT;
            ALTER TABLE pair ADD COLUMN own TEXT;
            CREATE TABLE review_verdict (
                exchange TEXT PRIMARY KEY, time INTEGER NOT NULL, is_right INTEGER NOT NULL, note TEXT
            ) STRICT, WITHOUT ROWID;
            """),
        removedSpend(7),
        // Sketches have a table of their own: reports read every attempt, and no report reads them.
        SQLiteMigration(
            8,
            """
            CREATE TABLE answer_sketch (
                exchange INTEGER NOT NULL REFERENCES exchange (row),
                number INTEGER NOT NULL,
                sketch TEXT NOT NULL,
                PRIMARY KEY (exchange, number)
            ) STRICT, WITHOUT ROWID;
            ALTER TABLE outcome ADD COLUMN answer TEXT;
            """),
        sketchesAsBytes(9),
        firstAttemptsWithExchanges(10),
    ]
}
