package import Dialogue
internal import JSON
package import Ledger
internal import SQLite

/// Keeps exchanges in a SQLite file.
package struct SQLiteLedger: LedgerStore {
    private let database: SQLiteDatabase

    /// Opens the file, which is created or brought to the present schema.
    ///
    /// - Throws: if it cannot be opened, is no ledger, or was made by a later release.
    package static func open(_ path: String) throws(LedgerError) -> SQLiteLedger {
        do throws(SQLiteError) {
            var connection = try SQLiteConnection.open(path)
            try connection.define("unbase64", as: Base64.decode)
            try connection.migrate(LedgerMigrations.all)
            return SQLiteLedger(database: SQLiteDatabase(connection))
        } catch {
            throw LedgerError(error)
        }
    }

    /// Opens the file to read alone, also while another process writes it; nil if there is none.
    ///
    /// - Throws: if it is no ledger, or was made by another release.
    package static func openForReading(_ path: String) throws(LedgerError) -> SQLiteLedger? {
        do throws(SQLiteError) {
            var connection = try SQLiteConnection.open(path, .readOnly)
            let present = try connection.schemaVersion()
            let known = LedgerMigrations.all.count
            guard present <= known else { throw .laterSchema(present, known) }
            // A new file gets its schema in the writer's first transaction.
            guard present > 0 else { return nil }
            guard present == known else { throw .earlierSchema(present, known) }
            return SQLiteLedger(database: SQLiteDatabase(connection))
        } catch {
            if error.code.primary == .cannotOpen { return nil }
            throw LedgerError(error)
        }
    }

    /// Opens the file of a present schema to read and write, also while another process does; nil if there is none.
    ///
    /// - Throws: if it is no ledger, or was made by another release.
    package static func openBeside(_ path: String) async throws(LedgerError) -> SQLiteLedger? {
        guard try openForReading(path) != nil else { return nil }
        do throws(SQLiteError) {
            return SQLiteLedger(database: SQLiteDatabase(try SQLiteConnection.open(path)))
        } catch {
            throw LedgerError(error)
        }
    }

    private init(database: SQLiteDatabase) {
        self.database = database
    }

    package func insert(
        _ exchanges: [ExchangeRecord], outcomes: [OutcomeRecord], pairs: [PairRecord], upTo position: JournalPosition
    ) async throws(LedgerError) {
        try await use { connection throws(SQLiteError) in
            try connection.transaction { connection throws(SQLiteError) in
                for exchange in exchanges { try connection.insert(exchange) }
                for outcome in outcomes { try connection.insert(outcome) }
                for pair in pairs { try connection.insert(pair) }
                try connection.run(
                    "INSERT OR REPLACE INTO journal_position VALUES (1, ?, ?)",
                    [.integer(position.segment), .integer(position.offset)])
            }
        }
    }

    package func outcomes(
        after number: Int64, limit: Int
    ) async throws(LedgerError) -> [(number: Int64, OutcomeRecord)] {
        try await use { connection throws(SQLiteError) in try connection.outcomes(after: number, limit: limit) }
    }

    package func pairs(after number: Int64, limit: Int) async throws(LedgerError) -> [(number: Int64, PairRecord)] {
        try await use { connection throws(SQLiteError) in try connection.pairs(after: number, limit: limit) }
    }

    /// Keeps outcomes that come from no journal; says how many of them were new.
    package func insert(_ outcomes: [OutcomeRecord]) async throws(LedgerError) -> Int {
        try await use { connection throws(SQLiteError) in
            var count = 0
            try connection.transaction { connection throws(SQLiteError) in
                for outcome in outcomes where try connection.insert(outcome) { count += 1 }
            }
            return count
        }
    }

    package func position() async throws(LedgerError) -> JournalPosition? {
        try await use { connection throws(SQLiteError) in
            var position: JournalPosition?
            try connection.query("SELECT segment, offset FROM journal_position") { row in
                position = JournalPosition(segment: row.int64(0), offset: row.int(1))
            }
            return position
        }
    }

    package func persist() async throws(LedgerError) -> Bool {
        try await use { connection throws(SQLiteError) in try connection.checkpoint() }
    }

    package func exchange(_ id: ExchangeID) async throws(LedgerError) -> ExchangeRecord? {
        try await use { connection throws(SQLiteError) in
            try connection.snapshot { connection throws(SQLiteError) in try connection.exchange(id) }
        }
    }

    package func reviews(in period: Period, limit: Int) async throws(LedgerError) -> [ExchangeRecord] {
        try await use { connection throws(SQLiteError) in
            try connection.snapshot { connection throws(SQLiteError) in
                var found: [ExchangeRecord] = []
                for id in try connection.reviews(in: period, limit: limit) {
                    if let exchange = try connection.exchange(id) { found.append(exchange) }
                }
                return found
            }
        }
    }

    /// Makes all later reads see one and the same state, that of the next one; for a ledger that is only read.
    package func holdStill() async throws(LedgerError) {
        try await use { connection throws(SQLiteError) in _ = try connection.run("BEGIN") }
    }

    package func cascade(in period: Period) async throws(LedgerError) -> CascadeSums {
        try await use { connection throws(SQLiteError) in try connection.cascade(in: period) }.get()
    }

    package func spend(
        by grouping: SpendGrouping, in period: Period
    ) async throws(LedgerError) -> [SpendRow] {
        let rows = try await use { connection throws(SQLiteError) in
            try connection.snapshot { connection throws(SQLiteError) in
                try connection.spend(by: grouping, in: period)
            }
        }
        var sums = SpendSums()
        try sums.add(rows)
        return sums.rows
    }

    package func outputs(ofLast limit: Int) async throws(LedgerError) -> [OutputSum] {
        try await use { connection throws(SQLiteError) in try connection.outputs(ofLast: limit) }
    }

    package func remove(before time: Int64, limit: Int) async throws(LedgerError) -> Int {
        try await use { connection throws(SQLiteError) in
            try connection.transaction { connection throws(SQLiteError) in
                try connection.remove(before: time, limit: limit)
            }
        }
    }

    package func removed(in period: Period) async throws(LedgerError) -> Int {
        try await use { connection throws(SQLiteError) in try connection.removedSpend(by: .total, in: period) }
            .reduce(0) { $0 + $1.exchanges }
    }

    func use<R: Sendable>(
        _ body: @Sendable (inout SQLiteConnection) throws(SQLiteError) -> R
    ) async throws(LedgerError) -> R {
        do throws(SQLiteError) {
            return try await database.use(body)
        } catch {
            throw LedgerError(error)
        }
    }
}

extension LedgerError {
    /// SQLite answers a sum of integers that overflows with the text below (https://www.sqlite.org/lang_aggfunc.html).
    init(_ error: SQLiteError) {
        self = error.isIntegerOverflow ? .overflow : .unavailable("\(error)")
    }
}
