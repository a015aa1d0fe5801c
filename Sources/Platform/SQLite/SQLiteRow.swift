internal import CSQLite

/// The row a query stands on; to be used only inside the closure that it was given to.
package struct SQLiteRow: ~Copyable {
    private let statement: SQLiteStatement

    init(_ statement: SQLiteStatement) {
        self.statement = statement
    }

    private func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(statement.handle, Int32(column)) == SQLITE_NULL
    }

    /// The integer in a column, counted from 0; 0 for NULL.
    package func int64(_ column: Int) -> Int64 {
        unsafe sqlite3_column_int64(statement.handle, Int32(column))
    }

    /// The integer in a column, counted from 0; 0 for NULL.
    package func int(_ column: Int) -> Int { Int(int64(column)) }

    /// The integer in a column, or nil for NULL.
    package func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

    /// The number in a column, counted from 0; 0 for NULL.
    package func double(_ column: Int) -> Double {
        unsafe sqlite3_column_double(statement.handle, Int32(column))
    }

    /// The number in a column, or nil for NULL.
    package func optionalDouble(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }

    /// The text in a column, counted from 0; empty for NULL.
    package func text(_ column: Int) -> String {
        guard let bytes = unsafe sqlite3_column_text(statement.handle, Int32(column)) else { return "" }
        let count = unsafe Int(sqlite3_column_bytes(statement.handle, Int32(column)))
        return unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// The text in a column, or nil for NULL.
    package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    /// The bytes in a column, counted from 0; none for NULL.
    package func blob(_ column: Int) -> [UInt8] {
        let bytes = unsafe sqlite3_column_blob(statement.handle, Int32(column))
        let count = unsafe Int(sqlite3_column_bytes(statement.handle, Int32(column)))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// The bytes in a column, or nil for NULL.
    package func optionalBlob(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }
}
