/// Signs that SQL is written for another system than PostgreSQL, or for a program that fills its gaps.
enum SQLDialect {
    /// Whether PostgreSQL's parser, which refuses it, is no judge of it.
    static func isForeign(_ code: [UInt8]) -> Bool {
        code.contains(UInt8(ascii: "`")) || hasGap(code) || hasOpening(code)
            || !words.ranges(in: code[...], limit: 1).isEmpty
    }

    /// Whether it has a `?`, `:name`, `%s` or `[name]` where a value or a name belongs.
    private static func hasGap(_ code: [UInt8]) -> Bool {
        var before: UInt8 = 32
        for (place, byte) in code.enumerated() {
            defer { before = byte }
            guard before.isSpace || "(,=".utf8.contains(before) else { continue }
            let after = place + 1 < code.count ? code[place + 1] : 32
            switch byte {
            case UInt8(ascii: "?"): if after.isSpace || "),;".utf8.contains(after) { return true }
            case UInt8(ascii: ":"), UInt8(ascii: "["): if after.isLetter { return true }
            case UInt8(ascii: "%"): if after == UInt8(ascii: "s") { return true }
            default: continue
            }
        }
        return false
    }

    /// Whether a line begins as only statements of other systems do.
    private static func hasOpening(_ code: [UInt8]) -> Bool {
        CodeBlock.lines(of: code).prefix(200).contains { line in
            let start = code[line].trimmed.prefix(12).map(\.lowercased)
            return start == Array("go".utf8) || openings.contains { start.starts(with: $0) }
        }
    }

    private static let openings = ["use ", "exec ", "declare ", "describe ", "pragma ", "delimiter "].map {
        Array($0.utf8)
    }

    /// What MySQL, SQLite, SQL Server, Oracle and BigQuery have, and PostgreSQL's grammar has no place for.
    private static let words = PhraseList([
        "auto_increment", "autoincrement", "on duplicate key", "replace into", "insert ignore", "insert or", "unsigned",
        "engine=*", "engine =*", "nolock", "cross apply", "outer apply", "select top", "pivot", "unpivot", "connect by",
        "qualify", "straight_join", "modify column", "change column", "rlike", "if not exists begin", "signal sqlstate",
        "nvarchar(max*", "varchar(max*", "identity(*",
    ])
}
