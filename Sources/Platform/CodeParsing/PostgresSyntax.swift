private import CPgQuery

/// PostgreSQL's own parser.
package enum PostgresSyntax {
    /// The longest text that is parsed, in bytes: the worst such text takes some 10 ms, for it cannot be interrupted.
    package static let mostBytes = 1 << 14
    /// The longest run of operators' characters: the scanner reads a run again for each comment that begins in it.
    private static let longestOperator = 128

    /// What is wrong first with a text of SQL statements, nil if nothing is.
    ///
    /// - Throws: which limit it exceeds.
    package static func fault(in text: ArraySlice<UInt8>) throws(ParseLimit) -> SQLFault? {
        guard text.count <= mostBytes else { throw .bytes }
        guard !hasLongOperator(text) else { throw .time }
        if let zero = text.firstIndex(of: 0) {
            return SQLFault(reason: "a zero byte", offset: zero - text.startIndex)
        }
        let terminated = text.map(CChar.init(bitPattern:)) + [0]
        let result = unsafe terminated.withUnsafeBufferPointer { unsafe pg_query_split_with_parser($0.baseAddress) }
        defer { unsafe pg_query_free_split_result(result) }
        guard let error = unsafe result.error else { return nil }
        let reason = unsafe String(cString: error.pointee.message)
        // PostgreSQL counts characters, and from 1; 0 is nowhere.
        let characters = unsafe Int(error.pointee.cursorpos) - 1
        let starts = text.indices.lazy.filter { text[$0] & 0xC0 != 0x80 }
        let place = characters < 0 ? nil : starts.dropFirst(characters).first
        return SQLFault(reason: reason, offset: (place ?? text.endIndex) - text.startIndex)
    }

    private static func hasLongOperator(_ text: ArraySlice<UInt8>) -> Bool {
        var run = 0
        for byte in text {
            run = operators.contains(byte) ? run + 1 : 0
            if run > longestOperator { return true }
        }
        return false
    }

    private static let operators = "~!@#^&|`?+-*/%<>=".utf8
}

/// Why a text is not SQL as PostgreSQL reads it.
package struct SQLFault: Hashable, Sendable {
    /// In the parser's own words, which may quote the text.
    package let reason: String
    /// The byte of the text at which it arose.
    package let offset: Int
}
