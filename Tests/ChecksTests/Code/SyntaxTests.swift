import Checks
import Testing

private func fence(_ tag: String, _ code: String) -> String { "Here it is:\n\n```\(tag)\n\(code)\n```\n\nThat is all." }

struct SyntaxTests {
    @Test(arguments: [
        ("python", "def f(a):\n    return a"), ("py", "    x = 1\n    if x:\n        y = 2"), ("python", "print 'old'"),
        ("python", "%matplotlib inline\n!pip install x\nimport x"), ("python", "def f(): ..."),
        ("python", "try:\n    a()\nfinally:\n    b()\nif x: y = 1; z = 2"),
        ("python", "@dec\ndef f():\n    # why\n    pass\n\n  # stray\nx = 1"),
        ("javascript", "const f = (a) => a + 1;"),
        ("js\r", "await f();\nreturn 1;"), ("go", "x := f(1)\nfmt.Println(x)"),
        ("java", "public int f() { return 1; }"), ("java", "static { x = 1; }\npublic A(int b) { c = b; }"),
        ("php", "echo f(1);"),
        ("go", "package a\n\n// One.\nvar b, c = 1, 2\n"),
        ("rust", "let x = 1;\nprintln!(\"{}\", x);"), ("json", "{\"a\": [1]}"), ("sql", "SELECT a FROM t WHERE b = 1;"),
        ("postgresql", "SELECT a FROM t LIMIT 1"), ("", "def f(x):\n    return x"),
        ("bash", "for f in *; do echo \"$f\"; done"),
    ])
    func `sound code passes`(_ tag: String, _ code: String) {
        let found = findings(fence(tag, code))
        #expect(found.verdict("code.syntax") == .passes)
        #expect(!found.has(.codeBroken) && !found.has(.codeDoubtful))
    }

    @Test(arguments: [
        ("python", "def f(a:\n    return a"), ("python", "def f(a):\n    # nothing"), ("python", "if x:\ny = 1"),
        ("python", "def f():\n    a = 1\n  b = 2"), ("python", "x = 1\n  y = 2"), ("python", "try:\n    a()\nb()"),
        ("python", "if a:\n    b\n  else:\n    c"), ("javascript", "function f() { return 1;"),
        ("go", "func f() int { return 1"), ("go", "package a\n\nb = 1\n"),
        ("java", "class A { int f() { return 1 } }"),
    ])
    func `broken code in a language of trust is all but certainly a fault`(_ tag: String, _ code: String) {
        let found = findings(fence(tag, code), to: "Write a program.")
        #expect(found.verdict("code.syntax") == .fails && found.has(.codeBroken))
        #expect(RightnessModel.shipped.probability(found) <= 0.101)
    }

    @Test(arguments: [
        ("rust", "fn f() -> u8 { 1", Verdict.fails), ("postgresql", "SELECT FROM WHERE", .fails),
        ("php", "function f( { return 1; }", .fails), ("c", "int f(void) { return 1;", .fails),
        ("css", "a { color: red", .unclear),
        ("", "def f(x:\n    return x\n\ndef g():", .fails),
        ("python", "def f(x):\n    y = 1\n    ... rest of it ...\n    return y", .fails),
        ("sql", "SELECT a FROM WHERE b = 1", .unclear), ("json", "{\"a\": 1, // one\n}", .unclear),
    ])
    func `what is less sure bounds nothing`(_ tag: String, _ code: String, _ verdict: Verdict) {
        let found = findings(fence(tag, code))
        #expect(found.verdict("code.syntax") == verdict)
        #expect(found.has(.codeDoubtful) && !found.has(.codeBroken))
        #expect(found.evidence.allSatisfy { $0.check != "code.syntax" || $0.strength < 0.9 })
    }

    @Test(arguments: [
        fence("text", "def f(:"), fence("kotlin", "fun f( {"), fence("python", ">>> f(\n1"), "Use `f(` here.",
        "Prose (with ` marks",
        fence("", "+---+\n| a |"), "Write to me~", "```\n\n```", fence("console", "$ ls ("),
    ])
    func `what is no program is not called broken`(_ text: String) {
        let found = findings(text)
        #expect(![.fails, .passes].contains(found.verdict("code.syntax")))
        #expect(!found.has(.codeBroken) && !found.has(.codeDoubtful))
    }

    @Test(arguments: [
        "SELECT TOP 10 a FROM t", "CREATE TABLE `t` (a INT);", "SELECT a FROM t WHERE b = ?",
        "SELECT a FROM t WHERE b = :b",
        "SELECT a FROM t WHERE b IN (%s)", "SELECT [a b] FROM t",
        "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT);",
        "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1;", "USE shop;\nSELECT a FROM t;",
        "CREATE TABLE t (a INT) ENGINE=InnoDB;",
    ])
    func `another dialect of SQL is not called broken, unless PostgreSQL's is promised`(_ code: String) {
        let found = findings(fence("sql", code))
        #expect(found.verdict("code.syntax") == .unclear)
        #expect(!found.has(.codeDoubtful))
        #expect(findings(fence("postgresql", code)).verdict("code.syntax") == .fails)
    }

    @Test func `code that was not asked for, or stands beside what was, bounds nothing`() {
        #expect(!findings(fence("python", "f(1) -> 2"), to: "Who was it?").has(.codeBroken))
        let text = fence("python", "def f(x):\n    return x + 1") + fence("python", "f(1) -> 2")
        let found = findings(text, to: "Write a function.")
        #expect(found.has(.codeDoubtful) && !found.has(.codeBroken))
    }

    @Test func `the reason names the line and quotes it`() throws {
        let found = findings(fence("python", "x = 1\ny = (2,\nz = 3"))
        let reason = try #require(found.evidence.first { $0.check == "code.syntax" }?.reason)
        #expect(reason == "line 2 of its Python code does not parse: `y = (2,`")
        let layout = findings(fence("python", "x = 1\nif x:\ny = 3"))
        #expect(layout.evidence.first { $0.check == "code.syntax" }?.reason.contains("line 2") == true)
    }

    @Test func `code that the question quotes is not the answer's fault`() {
        let code = "def f(a:\n    return a"
        #expect(findings(fence("python", code), to: "What is wrong here?\n\(code)").verdict("code.syntax") == .unclear)
    }

    @Test func `an answer that is code has no need of a fence`() {
        #expect(
            findings("def f(a):\n    return a\n\nThis returns what it was given.").verdict("code.syntax") == .passes)
        let broken = findings("def f(a:\n    return a\n")
        #expect(broken.verdict("code.syntax") == .fails && !broken.has(.codeBroken))
    }

    @Test func `each block is looked at, in lists and in longer fences too`() {
        let text =
            "1. One:\n\n   ```python\n   x = 1\n   ```\n2. Two:\n\n   ````python\n   y = \"\"\"\n```\n\"\"\"\n   ````\n3. ~~~go\n"
        #expect(findings(text).verdict("code.syntax") != .passes)
        #expect(findings(fence("python", "x = 1") + fence("python", "y = (")).verdict("code.syntax") == .fails)
    }

    @Test(arguments: [
        "```python\n", "```python\n(", "```go\n{", "def f(\n", "```\n\n", "~~~sql\n/*", "```python\nif x:\n ",
    ])
    func `hostile answers stay in their time`(_ unit: String) {
        for text in [
            String(repeating: unit, count: 40_000), unit + String(repeating: String(unit.suffix(1)), count: 1 << 20),
        ] {
            let generous = CheckBudget(.seconds(20))
            _ = findings(text, to: "Write a function `f`.", within: .milliseconds(20))
            let isSpent = generous.isSpent
            #expect(!isSpent, "\(unit)")
        }
    }
}
