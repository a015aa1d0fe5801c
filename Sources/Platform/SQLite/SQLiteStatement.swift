internal import CSQLite

/// A compiled statement, finalised with its last reference.
@safe
final class SQLiteStatement {
    let handle: OpaquePointer
    let sql: String
    /// Where texts and bytes lie while they are bound, one behind the other: SQLite reads them here, and need not copy each.
    private var room = unsafe UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
    /// How many parameters of this run are bound, the bytes of them, and the first failure of binding them.
    private var bound: Int32 = 0
    private var bytes = 0
    private var failure = SQLITE_OK

    /// What a run needs beyond that is copied by SQLite.
    private static let mostRoom = 64 * 1024

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
        unsafe room.deallocate()
    }

    /// Lets `give` give every parameter its value, in order.
    func bind(_ give: (SQLiteParameters) -> Void) throws(SQLiteError) {
        makeRoom()
        (bound, bytes, failure) = (0, 0, SQLITE_OK)
        give(SQLiteParameters(self))
        let wanted = unsafe sqlite3_bind_parameter_count(handle)
        precondition(wanted == bound, "every parameter needs a value: \(sql)")
        guard failure == SQLITE_OK else { throw SQLiteError(.init(rawValue: failure), operation: sql) }
    }

    /// As much as the last run needed: nothing is bound that the next one does not bind anew.
    private func makeRoom() {
        let wanted = min(bytes, Self.mostRoom)
        guard unsafe wanted > room.count else { return }
        unsafe room.deallocate()
        unsafe room = .allocate(capacity: min(max(2 * wanted, 1024), Self.mostRoom))
    }

    /// Binds the next parameter by what `bind` does with its index.
    @inline(__always)
    func bindNext(_ bind: (OpaquePointer, Int32) -> Int32) {
        bound += 1
        let code = unsafe bind(handle, bound)
        if code != SQLITE_OK && failure == SQLITE_OK { failure = code }
    }

    /// Keeps bytes for the time of a run and binds them to the next parameter; `bind` is told whether SQLite is to copy them.
    @inline(__always)
    func bindNext(
        _ source: Span<UInt8>, _ bind: (OpaquePointer, Int32, UnsafePointer<UInt8>?, Int32, Bool) -> Int32
    ) {
        let start = bytes
        bytes += source.count
        unsafe source.withUnsafeBufferPointer { source in
            guard unsafe bytes <= room.count, let place = unsafe room.baseAddress else {
                return unsafe bindNext { unsafe bind($0, $1, source.baseAddress, Int32(source.count), true) }
            }
            if let first = source.baseAddress { unsafe (place + start).update(from: first, count: source.count) }
            unsafe bindNext { unsafe bind($0, $1, place + start, Int32(source.count), false) }
        }
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
