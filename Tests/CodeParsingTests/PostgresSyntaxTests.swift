import CodeParsing
import Testing

private func fault(_ text: String) throws -> SQLFault? { try PostgresSyntax.fault(in: Array(text.utf8)[...]) }

struct PostgresSyntaxTests {
    @Test(arguments: [
        "SELECT 1", "select a, count(*) from t where b = 'x' group by a;", "INSERT INTO t (a) VALUES (1), (2);", "",
        "-- none",
        "CREATE TABLE t (id serial PRIMARY KEY, name text NOT NULL); SELECT * FROM t;",
        "WITH x AS (SELECT 1) SELECT * FROM x LEFT JOIN y USING (id) ORDER BY 1 DESC LIMIT 5",
    ])
    func `statements parse`(_ text: String) throws {
        #expect(try fault(text) == nil)
    }

    @Test(arguments: [
        ("SELECT FROM WHERE", 12), ("SELECT a b c FROM t", 11), ("SELECT (1", 9), ("SELEC 1", 0), ("SELECT 'é' 'x", 12),
        ("SELECT \u{0}", 7),
    ])
    func `what does not parse is placed`(_ text: String, _ offset: Int) throws {
        #expect(try fault(text)?.offset == offset)
    }

    @Test func `it is said in words`() throws {
        #expect(try fault("SELECT FROM WHERE")?.reason == "syntax error at or near \"WHERE\"")
    }

    @Test(arguments: [
        "(", "SELECT ", "a.", "a,", "CASE WHEN ", "'", "/*", "*/", "1+", "NOT ", "(SELECT * FROM ", "\"", "$a$",
        "x AND ",
        "é", "-", "--", "U&'\\",
    ]) func `hostile text comes to an end`(_ unit: String) {
        let text = "SELECT " + String(repeating: unit, count: PostgresSyntax.mostBytes / unit.utf8.count - 7)
        _ = try? fault(text)
    }

    @Test func `a run of comments that begin is refused, since each is read to the end`() {
        #expect(throws: ParseLimit.time) { try fault(String(repeating: "/*", count: 80)) }
        #expect(throws: Never.self) { try fault("SELECT 1 " + String(repeating: "-", count: 100)) }
    }

    @Test func `what is too long is not begun`() {
        let text = [UInt8](repeating: 32, count: PostgresSyntax.mostBytes + 1)
        #expect(throws: ParseLimit.bytes) { try PostgresSyntax.fault(in: text[...]) }
    }
}
