internal import CSQLite

/// A compiled statement, finalised with its last reference.
@safe
final class SQLiteStatement {
    let handle: OpaquePointer
    let sql: String
    /// The texts that are bound, one behind the other: SQLite reads them here, so that it need not copy each.
    private var texts = unsafe UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

    /// Room for longer texts is given back at the next run.
    private static let keptTextBytes = 64 * 1024

    init(_ sql: String, on connection: OpaquePointer) throws(SQLiteError) {
        var compiled: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
        guard code == SQLITE_OK, let compiled = unsafe compiled else {
            throw SQLiteError(
                .init(rawValue: code == SQLITE_OK ? SQLITE_MISUSE : code), operation: sql,
                reason: unsafe String(cString: sqlite3_errmsg(connection)))
        }
        unsafe handle = compiled
        self.sql = sql
    }

    deinit {
        unsafe sqlite3_finalize(handle)
        unsafe texts.deallocate()
    }

    func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
        let wanted = unsafe sqlite3_bind_parameter_count(handle)
        precondition(wanted == values.count, "every parameter needs a value: \(sql)")
        makeRoom(for: values)
        var index: Int32 = 0
        var end = 0
        for value in values {
            index += 1
            let code =
                switch value {
                case .null: unsafe sqlite3_bind_null(handle, index)
                case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
                case .real(let number): unsafe sqlite3_bind_double(handle, index, number)
                case .text(let text): bind(text.utf8.span, at: index, behind: &end)
                }
            guard code == SQLITE_OK else { throw SQLiteError(.init(rawValue: code), operation: sql) }
        }
    }

    private func makeRoom(for values: [SQLiteValue]) {
        var needed = 0
        for case .text(let text) in values { needed += text.utf8.count }
        let room = unsafe texts.count
        guard needed > room || room > Self.keptTextBytes else { return }
        unsafe texts.deallocate()
        unsafe texts = .allocate(capacity: max(needed, 1024))
    }

    private func bind(_ text: Span<UInt8>, at index: Int32, behind end: inout Int) -> Int32 {
        if text.isEmpty { return unsafe csqlite_bind_text(handle, index, nil, 0) }
        let start = end
        end += text.count
        unsafe text.withUnsafeBufferPointer { unsafe _ = texts[start..<end].update(fromContentsOf: $0) }
        let bytes = unsafe texts.baseAddress.map { unsafe $0 + start }
        return unsafe csqlite_bind_text(handle, index, bytes, Int32(text.count))
    }

    /// Moves to the next row; false after the last.
    func step() throws(SQLiteError) -> Bool {
        let code = unsafe sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            // The one message of a running statement that is told apart; others may hold a value.
            let overflow = SQLiteError.integerOverflow
            let isOverflow = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))) == overflow
            throw SQLiteError(.init(rawValue: code), operation: sql, reason: isOverflow ? overflow : nil)
        }
    }

    /// Ends a run; what was bound stays so, for the next run binds every parameter anew.
    func reset() {
        unsafe sqlite3_reset(handle)
    }
}
