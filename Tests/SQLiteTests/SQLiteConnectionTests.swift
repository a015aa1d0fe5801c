import SQLite
import Testing

struct SQLiteConnectionTests {
    @Test(arguments: [
        [SQLiteValue.integer(Int64.min), .text("")], [.integer(Int64.max), .text("é\u{0}x")], [.null, .null],
    ])
    func `values come back as they were bound`(values: [SQLiteValue]) throws {
        var connection = try SQLiteConnection.open(":memory:")
        var found: [SQLiteValue] = []
        try connection.query("SELECT ?, ?", values) { row in
            found = [.optional(row.optionalInt64(0)), .optional(row.optionalText(1))]
        }
        #expect(found == values)
    }

    @Test(arguments: [[], [0], [255, 0, 7], [UInt8](repeating: 3, count: 70_000)] as [[UInt8]])
    func `bytes come back as they were bound, and through a function`(bytes: [UInt8]) throws {
        var connection = try SQLiteConnection.open(":memory:")
        try connection.define("repeated") { text in Int(text).map { [UInt8](repeating: 3, count: $0) } }
        var found: [[UInt8]?] = []
        try connection.query(
            "SELECT ?, typeof(?), repeated('70000'), repeated('no'), repeated(NULL)", [.blob(bytes), .blob(bytes)]
        ) { row in
            #expect(row.text(1) == "blob")
            found = [0, 2, 3, 4].map { row.optionalBlob($0) }
        }
        #expect(found == [bytes, [UInt8](repeating: 3, count: 70_000), nil, nil])
    }

    @Test(arguments: [0, 1, 15, 16, 255, 0xFEDC_BA98_7654_3210, .max] as [UInt64])
    func `hexadecimal digits are as a text of them`(number: UInt64) throws {
        var connection = try SQLiteConnection.open(":memory:")
        try connection.execute("CREATE TABLE number (digits TEXT) STRICT")
        try connection.run("INSERT INTO number VALUES (?)") { $0.bind(hexadecimal: number) }
        var found = ""
        try connection.query("SELECT digits FROM number") { found = $0.text(0) }
        #expect(found == String(number, radix: 16))
    }

    @Test func `a statement takes texts of any length, one run after the other`() throws {
        var connection = try SQLiteConnection.open(":memory:")
        for length in [3, 70_000, 0, 2_000, 70_001, 1, 16] {
            let texts = ["a", "b", "c"].map { String(repeating: $0, count: length) }
            var found: [String] = []
            try connection.query("SELECT ?, ?, ? UNION ALL SELECT '', '', ''", texts.map { .text($0) }) { row in
                if found.isEmpty { found = (0..<3).map { row.text($0) } }
            }
            #expect(found == texts)
        }
    }

    @Test func `an error names the statement and never a value`() throws {
        var connection = try SQLiteConnection.open(":memory:")
        try connection.execute("CREATE TABLE t (x TEXT UNIQUE, n INTEGER) STRICT")
        try connection.run("INSERT INTO t (x) VALUES (?)", [.text("secret")])
        for statement in ["INSERT INTO t (x) VALUES (?)", "INSERT INTO t (n) VALUES (?)", "SELECT json(?)"] {
            do throws(SQLiteError) {
                try connection.run(statement, [.text("secret")])
                Issue.record("nothing was thrown")
            } catch {
                #expect(error.description.contains(statement))
                #expect(!error.description.contains("secret"))
            }
        }
    }

    @Test func `a transaction that throws is undone`() throws {
        var connection = try SQLiteConnection.open(":memory:")
        try connection.execute("CREATE TABLE t (x INTEGER PRIMARY KEY)")
        #expect(throws: SQLiteError.self) {
            try connection.transaction { connection throws(SQLiteError) in
                try connection.run("INSERT INTO t VALUES (1)")
                try connection.run("INSERT INTO t VALUES (1)")
            }
        }
        var count = -1
        try connection.query("SELECT count(*) FROM t") { count = $0.int(0) }
        #expect(count == 0)
    }

    @Test func `migrations run once, in order, and a later schema is refused`() throws {
        var connection = try SQLiteConnection.open(":memory:")
        let steps = [SQLiteMigration(1, "CREATE TABLE t (x)"), SQLiteMigration(2, "ALTER TABLE t ADD COLUMN y")]
        try connection.migrate([steps[0]])
        try connection.migrate(steps)
        try connection.migrate(steps)
        #expect(try connection.schemaVersion() == 2)
        #expect(throws: SQLiteError.laterSchema(2, 1)) { try connection.migrate([steps[0]]) }
    }

    @Test func `calls of many tasks wait in line`() async throws {
        let database = SQLiteDatabase(try SQLiteConnection.open(":memory:"))
        try await database.use { connection throws(SQLiteError) in
            try connection.execute("CREATE TABLE t (x INTEGER)")
        }
        try await withThrowingTaskGroup { group in
            for number in 0..<50 {
                group.addTask {
                    try await database.use { connection throws(SQLiteError) in
                        _ = try connection.run("INSERT INTO t VALUES (?)", [.integer(number)])
                    }
                }
            }
            try await group.waitForAll()
        }
        let count = try await database.use { connection throws(SQLiteError) in
            var count = 0
            try connection.query("SELECT count(*) FROM t") { count = $0.int(0) }
            return count
        }
        #expect(count == 50)
    }
}
