internal import CSQLite

/// A compiled statement, finalised with its last reference.
@safe
final class SQLiteStatement {
    let handle: OpaquePointer
    let sql: String
    /// The texts and bytes that are bound, one behind the other: SQLite reads them here, so that it need not copy each.
    private var bound = unsafe UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

    /// Room for more is given back at the next run.
    private static let keptBytes = 64 * 1024

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
        unsafe bound.deallocate()
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
                case .text(let text): unsafe bind(text.utf8.span, at: index, behind: &end, with: csqlite_bind_text)
                case .blob(let bytes): unsafe bind(bytes.span, at: index, behind: &end, with: csqlite_bind_blob)
                }
            guard code == SQLITE_OK else { throw SQLiteError(.init(rawValue: code), operation: sql) }
        }
    }

    private func makeRoom(for values: [SQLiteValue]) {
        let needed = values.reduce(0) { sum, value in
            switch value {
            case .text(let text): sum + text.utf8.count
            case .blob(let bytes): sum + bytes.count
            case .null, .integer, .real: sum
            }
        }
        let room = unsafe bound.count
        guard needed > room || room > Self.keptBytes || room == 0 else { return }
        unsafe bound.deallocate()
        unsafe bound = .allocate(capacity: max(needed, 1024))
    }

    private func bind(
        _ bytes: Span<UInt8>, at index: Int32, behind end: inout Int,
        with bind: (OpaquePointer, Int32, UnsafePointer<UInt8>, Int32) -> Int32
    ) -> Int32 {
        let start = end
        end += bytes.count
        unsafe bytes.withUnsafeBufferPointer { unsafe _ = bound[start..<end].update(fromContentsOf: $0) }
        guard let place = unsafe bound.baseAddress else { return SQLITE_MISUSE }
        return unsafe bind(handle, index, place + start, Int32(bytes.count))
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
