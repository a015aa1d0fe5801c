internal import CSQLite

/// One open database file, closed when it goes out of scope.
///
/// Not for two threads at once.
@safe
package struct SQLiteConnection: ~Copyable, @unchecked Sendable {
    /// How a database file is opened.
    package enum Access: Sendable {
        /// Creates the file if it is missing; write-ahead log, so that readers never wait for the writer.
        case readWrite
        /// Changes nothing, and works beside a writer.
        case readOnly
    }

    let handle: OpaquePointer
    /// Few, and looked for with the very literal that they were made from: no hash is as fast.
    private var statements: [SQLiteStatement] = []

    /// Once for the process, before its first connection.
    private static let countsMemory = !csqlite_omit_memory_statistics()

    /// Opens a database.
    ///
    /// With `synchronous=NORMAL` a commit survives kill -9 but reaches the disk only with a checkpoint: whoever needs
    /// more calls ``checkpoint()`` (https://www.sqlite.org/pragma.html#pragma_synchronous).
    /// - Parameters:
    ///   - path: the file; `:memory:` for none.
    ///   - access: whether it may be changed.
    ///   - busyTimeout: for how many milliseconds to wait while another connection writes.
    /// - Returns: the connection.
    /// - Throws: if the file cannot be opened or is no database.
    package static func open(
        _ path: String, _ access: Access = .readWrite, busyTimeout: Int = 5000
    ) throws(SQLiteError) -> SQLiteConnection {
        let flags =
            switch access {
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readOnly: SQLITE_OPEN_READONLY
            }
        _ = countsMemory
        var opened: OpaquePointer?
        let code = unsafe sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened = unsafe opened else {
            unsafe sqlite3_close_v2(opened)
            throw SQLiteError(.init(rawValue: code == SQLITE_OK ? SQLITE_NOMEM : code), operation: "open \(path)")
        }
        let connection = unsafe SQLiteConnection(handle: opened)
        unsafe sqlite3_busy_timeout(opened, Int32(busyTimeout))
        guard access == .readWrite else { return connection }
        // Of a new file alone. A page takes two calls into the log, and a reading and a writing out of it again.
        try connection.execute("PRAGMA page_size = 8192")
        try connection.execute("PRAGMA journal_mode = WAL")
        try connection.execute("PRAGMA synchronous = NORMAL")
        try connection.execute("PRAGMA foreign_keys = ON")
        return connection
    }

    private init(handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit {
        // Close waits for the cached statements, which are finalised after this (https://www.sqlite.org/c3ref/close.html).
        unsafe sqlite3_close_v2(handle)
    }

    /// Runs statements without parameters or results, compiled anew each time.
    package func execute(_ sql: String) throws(SQLiteError) {
        let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteError(.init(rawValue: code), operation: sql) }
    }

    /// Runs one statement, compiled once for the connection, and returns how many rows it changed.
    @discardableResult
    package mutating func run(_ sql: String, _ values: [SQLiteValue] = []) throws(SQLiteError) -> Int {
        try run(sql) { $0.bind(values) }
    }

    /// Runs one statement, compiled once for the connection, whose parameters `give` gives their values, and returns how many
    /// rows it changed.
    @discardableResult
    package mutating func run(
        _ sql: String, _ give: (SQLiteParameters) -> Void
    ) throws(SQLiteError) -> Int {
        let statement = try statement(sql)
        defer { statement.reset() }
        try statement.bind(give)
        while try statement.step() {}
        return unsafe Int(sqlite3_changes64(handle))
    }

    /// Runs one statement, compiled once for the connection, and gives each row to `body`.
    package mutating func query(
        _ sql: String, _ values: [SQLiteValue] = [], _ body: (borrowing SQLiteRow) -> Void
    ) throws(SQLiteError) {
        let statement = try statement(sql)
        defer { statement.reset() }
        try statement.bind { $0.bind(values) }
        while try statement.step() { body(SQLiteRow(statement)) }
    }

    /// The row id that the last insertion made.
    package var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    /// Commits what `body` did if it returns, and undoes it if it throws; the writer's lock is taken at the start.
    package mutating func transaction<R>(
        _ body: (inout SQLiteConnection) throws(SQLiteError) -> R
    ) throws(SQLiteError) -> R {
        try run("BEGIN IMMEDIATE")
        do {
            let result = try body(&self)
            try run("COMMIT")
            return result
        } catch {
            _ = try? run("ROLLBACK")
            throw error
        }
    }

    /// Reads several times from one and the same state of the database: that of the transaction around it, if there is one.
    package mutating func snapshot<R>(
        _ body: (inout SQLiteConnection) throws(SQLiteError) -> R
    ) throws(SQLiteError) -> R {
        guard unsafe sqlite3_get_autocommit(handle) != 0 else { return try body(&self) }
        try run("BEGIN")
        defer { _ = try? run("COMMIT") }
        return try body(&self)
    }

    /// Carries the write-ahead log into the database file and syncs both.
    ///
    /// - Returns: whether everything committed before is now on the disk; false while a reader holds an older state.
    package mutating func checkpoint() throws(SQLiteError) -> Bool {
        var isWhole = false
        try query("PRAGMA wal_checkpoint(PASSIVE)") { row in
            isWhole = row.int(0) == 0 && row.int(1) == row.int(2)
        }
        return isWhole
    }

    private mutating func statement(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
        if let cached = statements.first(where: { $0.sql.utf8.count == sql.utf8.count && $0.sql == sql }) {
            return cached
        }
        let statement = try unsafe SQLiteStatement(sql, on: handle)
        statements.append(statement)
        return statement
    }
}
