internal import CSQLite

/// The parameters of a statement's run, to be given their values in order.
///
/// Nil is NULL; to be used only inside the closure that it was given to.
package struct SQLiteParameters {
    private let statement: SQLiteStatement

    init(_ statement: SQLiteStatement) {
        self.statement = statement
    }

    package func bind(_ number: Int64?) {
        guard let number else { return bindNull() }
        unsafe statement.bindNext { unsafe sqlite3_bind_int64($0, $1, number) }
    }

    package func bind(_ number: Int?) { bind(number.map { Int64($0) }) }

    package func bind(_ number: Double?) {
        guard let number else { return bindNull() }
        unsafe statement.bindNext { unsafe sqlite3_bind_double($0, $1, number) }
    }

    package func bind(_ text: String?) {
        guard let text else { return bindNull() }
        unsafe statement.bindNext(text.utf8.span) { unsafe csqlite_bind_text($0, $1, $2, $3, $4) }
    }

    package func bind(_ bytes: [UInt8]?) {
        guard let bytes else { return bindNull() }
        unsafe statement.bindNext(bytes.span) { unsafe csqlite_bind_blob($0, $1, $2, $3, $4) }
    }

    /// Binds a number in hexadecimal digits as text.
    package func bind(hexadecimal number: UInt64?) {
        guard let number else { return bindNull() }
        let count = max(1, 16 - number.leadingZeroBitCount / 4)
        let digits = InlineArray<16, UInt8> { place in
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(4 * max(0, count - 1 - place))) & 15
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
        unsafe statement.bindNext(digits.span.extracting(first: count)) {
            unsafe csqlite_bind_text($0, $1, $2, $3, $4)
        }
    }

    private func bindNull() {
        unsafe statement.bindNext { unsafe sqlite3_bind_null($0, $1) }
    }

    func bind(_ values: [SQLiteValue]) {
        for value in values {
            switch value {
            case .null: bindNull()
            case .integer(let number): bind(number)
            case .real(let number): bind(number)
            case .text(let text): bind(text)
            case .blob(let bytes): bind(bytes)
            }
        }
    }
}
