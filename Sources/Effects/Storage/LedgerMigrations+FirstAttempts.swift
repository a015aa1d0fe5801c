internal import SQLite

extension LedgerMigrations {
    /// An exchange, its first attempt and its sketch are one row, for most have one attempt; what comes after the first lies in a
    /// table of its own.
    ///
    /// The view `attempt` has them all.
    static func firstAttemptsWithExchanges(_ number: Int) -> SQLiteMigration {
        SQLiteMigration(
            number,
            """
            ALTER TABLE exchange RENAME TO old_exchange;
            ALTER TABLE attempt RENAME TO old_attempt;
            ALTER TABLE draft_sketch RENAME TO old_draft_sketch;
            CREATE TABLE exchange (
                row INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                arrival INTEGER NOT NULL, duration INTEGER NOT NULL, overhead INTEGER NOT NULL,
                caller TEXT NOT NULL, route TEXT, requested TEXT NOT NULL, task TEXT NOT NULL,
                format TEXT NOT NULL, streamed INTEGER NOT NULL, status INTEGER NOT NULL,
                delivered_model TEXT, delivered_provider TEXT, baseline_model TEXT, baseline_cost INTEGER,
                delivered_attempt INTEGER, review TEXT, shadowed TEXT,
                attempt_number INTEGER, attempt_model TEXT, attempt_provider TEXT, attempt_outcome TEXT,
                attempt_status INTEGER, attempt_input INTEGER, attempt_cache_read INTEGER, attempt_cache_write INTEGER,
                attempt_cache_write_long INTEGER, attempt_output INTEGER, attempt_reasoning INTEGER,
                attempt_estimated INTEGER, attempt_cost INTEGER, attempt_duration INTEGER, attempt_first_byte INTEGER,
                attempt_probability REAL, attempt_evidence TEXT, attempt_likeness TEXT,
                features BLOB, prompt_group TEXT, propensity REAL, predicted REAL, answer BLOB
            ) STRICT;
            INSERT INTO exchange
                SELECT e.row, e.id, e.arrival, e.duration, e.overhead, e.caller, e.route, e.requested, e.task, e.format,
                    e.streamed, e.status, e.delivered_model, e.delivered_provider, e.baseline_model, e.baseline_cost,
                    e.delivered_attempt, e.review, e.shadowed,
                    a.number, a.model, a.provider, a.outcome, a.status, a.input, a.cache_read, a.cache_write,
                    a.cache_write_long, a.output, a.reasoning, a.estimated, a.cost, a.duration, a.first_byte,
                    a.probability, a.evidence, a.likeness,
                    s.features, s.prompt_group, s.propensity, s.predicted, s.answer
                FROM old_exchange e LEFT JOIN sketch s ON s.exchange = e.row
                LEFT JOIN old_attempt a ON a.exchange = e.row
                    AND a.number = (SELECT min(number) FROM old_attempt WHERE exchange = e.row)
                ORDER BY e.row;
            CREATE TABLE further_attempt (
                exchange INTEGER NOT NULL REFERENCES exchange (row),
                number INTEGER NOT NULL,
                model TEXT NOT NULL, provider TEXT NOT NULL, outcome TEXT NOT NULL, status INTEGER NOT NULL,
                input INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write INTEGER NOT NULL,
                cache_write_long INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
                estimated INTEGER NOT NULL, cost INTEGER NOT NULL,
                duration INTEGER NOT NULL, first_byte INTEGER,
                probability REAL, evidence TEXT, likeness TEXT,
                PRIMARY KEY (exchange, number)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO further_attempt
                SELECT * FROM old_attempt a WHERE number > (SELECT min(number) FROM old_attempt WHERE exchange = a.exchange);
            CREATE TABLE draft_sketch (
                exchange INTEGER NOT NULL REFERENCES exchange (row),
                number INTEGER NOT NULL,
                sketch BLOB NOT NULL,
                PRIMARY KEY (exchange, number)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO draft_sketch SELECT * FROM old_draft_sketch;
            DROP TABLE sketch;
            DROP TABLE old_draft_sketch;
            DROP TABLE old_attempt;
            DROP TABLE old_exchange;
            CREATE INDEX exchange_arrival ON exchange (arrival);
            CREATE INDEX exchange_review ON exchange (arrival) WHERE review IS NOT NULL;
            CREATE VIEW attempt AS
                SELECT row AS exchange, attempt_number AS number, attempt_model AS model, attempt_provider AS provider,
                    attempt_outcome AS outcome, attempt_status AS status, attempt_input AS input,
                    attempt_cache_read AS cache_read, attempt_cache_write AS cache_write,
                    attempt_cache_write_long AS cache_write_long, attempt_output AS output,
                    attempt_reasoning AS reasoning, attempt_estimated AS estimated, attempt_cost AS cost,
                    attempt_duration AS duration, attempt_first_byte AS first_byte, attempt_probability AS probability,
                    attempt_evidence AS evidence, attempt_likeness AS likeness
                FROM exchange WHERE attempt_number IS NOT NULL
                UNION ALL SELECT * FROM further_attempt;
            """)
    }
}
