internal import CSQLite

/// A failure inside SQLite: its result code, what was being done, and never a value that was bound.
package struct SQLiteError: Error, Hashable, CustomStringConvertible {
    /// A primary or extended result code (https://www.sqlite.org/rescode.html).
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: Int32
        package init(rawValue: Int32) { self.rawValue = rawValue }

        package static let error = Code(rawValue: SQLITE_ERROR)
        package static let busy = Code(rawValue: SQLITE_BUSY)
        package static let locked = Code(rawValue: SQLITE_LOCKED)
        package static let readOnly = Code(rawValue: SQLITE_READONLY)
        package static let corrupt = Code(rawValue: SQLITE_CORRUPT)
        package static let full = Code(rawValue: SQLITE_FULL)
        package static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
        package static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
        package static let mismatch = Code(rawValue: SQLITE_MISMATCH)
        package static let notADatabase = Code(rawValue: SQLITE_NOTADB)

        /// The low byte: the kind of failure without its particulars.
        package var primary: Code { Code(rawValue: rawValue & 0xFF) }
    }

    package let code: Code
    /// The statement or operation, as written in the program.
    package let operation: String
    /// SQLite's general text for the code, or its objection to a statement's wording.
    package let reason: String

    package init(_ code: Code, operation: String, reason: String? = nil) {
        self.code = code
        self.operation = operation
        self.reason = reason ?? (unsafe String(cString: sqlite3_errstr(code.rawValue)))
    }

    package var description: String { "SQLite: \(reason) (\(code.rawValue)) in: \(operation)" }
}

extension SQLiteError {
    /// Whether a sum of integers did not fit (https://www.sqlite.org/lang_aggfunc.html#sumunc).
    package var isIntegerOverflow: Bool { reason == Self.integerOverflow }

    static let integerOverflow = "integer overflow"
}
