import Testing
import YAML

struct YAMLParserTests {
    @Test func `reads mappings, sequences and scalars with their places`() throws {
        let root = try #require(try YAMLParser.parse("a: 1\nb:\n  - \"2\"\n  - x\n"))
        guard case .mapping(let entries) = root.content, case .sequence(let list) = entries[1].value.content else {
            Issue.record("no mapping with a list")
            return
        }
        #expect(entries.map(\.key) == ["a", "b"])
        #expect(entries[0].value.content == .scalar("1", isPlain: true))
        #expect(list[0].content == .scalar("2", isPlain: false))
        #expect(list[1].position == YAMLPosition(line: 4, column: 5))
    }

    @Test(arguments: ["", "# nothing\n"])
    func `finds nothing in an empty text`(_ text: String) throws {
        #expect(try YAMLParser.parse(text) == nil)
    }

    @Test(arguments: ["a:", "a: ~", "a: null"])
    func `knows null`(_ text: String) throws {
        guard case .mapping(let entries) = try YAMLParser.parse(text)?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(entries[0].value.isNull)
    }

    @Test(arguments: [
        ("a: &x 1\n", "anchors are not supported; write the value out", 1),
        ("b: 1\na: *x\n", "aliases are not supported; write the value out", 2),
        ("a: !!str 1\n", "tags are not supported; leave it out, or put the value in quotes", 1),
        ("a: 1\nb: 2\na: 3\n", "'a' is given twice, first on line 1; remove one", 3),
        ("a: 1\n---\nb: 2\n", "a second document begins; keep one in a file", 2),
        ("[a]: 1\n", "a key must be a word", 1),
    ])
    func `refuses what configurations do not need`(_ text: String, _ reason: String, _ line: Int) {
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(text) }
        #expect(error?.reason == reason)
        #expect(error?.position.line == line)
    }

    @Test func `names the line of a text that is no YAML`() {
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse("a: 1\nb: @x\n") }
        #expect(error?.position.line == 2)
        #expect(error?.reason.hasPrefix("not YAML: ") == true)
    }

    @Test func `refuses deep nesting and long texts`() {
        #expect(throws: YAMLError.self) { try YAMLParser.parse(String(repeating: "[", count: 100)) }
        #expect(throws: YAMLError.self) { try YAMLParser.parse([UInt8](repeating: 32, count: (1 << 20) + 1)) }
    }
}
