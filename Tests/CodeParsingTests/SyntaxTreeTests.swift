import CodeParsing
import Testing

private func tree(_ text: String, _ language: CodeLanguage) throws -> SyntaxTree {
    try SyntaxTree.parse(Array(text.utf8)[...], as: language, within: .seconds(60))
}

struct SyntaxTreeTests {
    @Test(
        arguments: [
            (.bash, "for i in 1 2; do echo $i; done", "for i in 1 2; do echo $i;"),
            (.c, "int f(void) { return 1; }", "int f(void { }"),
            (.cpp, "auto f = [](int a) { return a; };", "auto f = [](int a { return a; };"),
            (.css, "a { color: red; }", "a { color: red; "),
            (.go, "func f() int { return 1 }", "func f() int { return 1 "),
            (.html, "<p>Hi</p>", "<p <"), (.java, "class A { int x = 1; }", "class A { int x = ; }"),
            (.javascript, "const f = (a) => a + 1;", "const f = (a => a + 1;"), (.json, "[1, 2]", "[1, 2"),
            (.php, "<?php echo 1;", "<?php echo (1;"),
            (.python, "def f(a):\n    return a\n", "def f(a:\n    return a\n"),
            (.ruby, "def f(a)\n  a\nend", "def f(a)\n  a\n"), (.rust, "fn f() -> u8 { 1 }", "fn f() -> u8 { 1 "),
            (.swift, "func f() -> Int { 1 }", "func f() -> Int { 1 "),
            (.tsx, "const a = <p>{1 as number}</p>;", "const a = <p>{1</p>;"),
            (.typescript, "let a: number = 1;", "let a: = 1;"),
        ] as [(CodeLanguage, String, String)])
    func `every grammar tells what parses from what does not`(_ language: CodeLanguage, _ good: String, _ bad: String)
        throws
    {
        #expect(try tree(good, language).firstFault == nil)
        #expect(try tree(bad, language).firstFault != nil)
    }

    @Test func `every language is in the table of the test above`() {
        #expect(CodeLanguage.allCases.count == 16)
    }

    @Test func `a grammar that many want at once for the first time is there for all`() async throws {
        let faults = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                let language = CodeLanguage.allCases[number % CodeLanguage.allCases.count]
                group.addTask { (try? tree("", language)) == nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(faults == 0)
    }

    @Test func `nodes keep their places, their parents and their parts`() throws {
        let tree = try tree("x = 1\ndef f(a):\n    return a\n", .python)
        let (kinds, fields) = (CodeLanguage.python.kinds, CodeLanguage.python.fields)
        let top = tree.children(of: 0).map { kinds[tree.nodes[$0].kind] }
        #expect(top == ["assignment", "function_definition"])
        let function = try #require(tree.nodes.firstIndex { kinds[$0.kind] == "function_definition" })
        let parts = tree.children(of: function).map { fields[tree.nodes[$0].field] }
        #expect(parts == ["name", "parameters", "body"])
        let value = try #require(tree.nodes.last)
        #expect(value.range == 27..<28 && value.line == 2 && value.column == 11)
        #expect(kinds[tree.nodes[value.parent].kind] == "return_statement")
    }

    @Test func `what is missing is named and placed`() throws {
        let tree = try tree("int f() { return 1 }", .c)
        let fault = try #require(tree.firstFault)
        #expect(fault.fault == .missing && CodeLanguage.c.kinds[fault.kind] == ";" && fault.range == 18..<18)
    }

    @Test func `an empty text has a root`() throws {
        for language in CodeLanguage.allCases { #expect(try tree("", language).nodes.count == 1) }
    }

    @Test(
        arguments: CodeLanguage.allCases,
        ["(", "[{(", "x = = ) ] def 3 'a ", "a<b<", "\"", "${", "<<A\n", "\n \n  ", "\u{0}", "é"])
    func `hostile text is read to its end, or given up`(_ language: CodeLanguage, _ unit: String) {
        let text = Array(String(repeating: unit, count: SyntaxTree.mostBytes / unit.utf8.count).utf8)
        // Without the limit some of these take a minute.
        do throws(ParseLimit) {
            let tree = try SyntaxTree.parse(text[...], as: language, within: .milliseconds(20))
            #expect(tree.nodes.allSatisfy { $0.range.upperBound <= text.count })
        } catch {
            #expect(error == .time)
        }
    }

    @Test func `what is too long is not begun, and what takes too long is not ended`() {
        let text = [UInt8](repeating: UInt8(ascii: "("), count: SyntaxTree.mostBytes + 1)
        #expect(throws: ParseLimit.bytes) { try SyntaxTree.parse(text[...], as: .go, within: .seconds(1)) }
        #expect(throws: ParseLimit.time) { try SyntaxTree.parse(text.dropLast(), as: .go, within: .zero) }
    }
}
