import Checks
import Testing

private func fence(_ code: String) -> String { "```python\n\(code)\n```" }

struct CodeRuleTests {
    @Test(arguments: [
        "import math as m\ndef f(x):\n    return m.sqrt(x)", "def f(n):\n    return f(n - 1) if n else 0",
        "from a.b import c\ndef f(*args, k=1, **kw):\n    return [c(x) for x in args if x], k, kw",
        "def f(x):\n    with open(x) as (a, b), g() as c:\n        return a, b, c\ndef g(): return 1",
        "def f(x):\n    try:\n        return int(x)\n    except (ValueError, TypeError) as e:\n        return str(e)",
        "def f(p):\n    match p:\n        case [a, *b]: return a, b\n        case {\"k\": c, **d}: return c, d\n    return None",
        "class A:\n    def f(self): return self.x\n    @property\n    def x(self): return __name__",
        "def f(xs):\n    (a, *b), c = xs\n    for i, (j, k) in enumerate(b): a += i + j + k\n    return a, c, lambda q, r=1: q + r",
        "from x import *\ndef f(): return anything", "def f(a):\n    if (n := len(a)) > 1: return n\n    return 0",
        "def f():\n    global counter\n    counter = 1\n    return counter",
        "def f(a):\n    return g.b(h=1, *a)\ng = None",
        "print(df.head())", "def f[T](a: T) -> T: return a",
        "def f(x):\n    import os.path\n    return os.path.join(x)",
        "def f(x):\n    del x\n    return {y: z for y, z in {}.items()}", "def f(x): return question_name(x)",
    ])
    func `what is bound somewhere is not called undefined`(_ code: String) {
        let found = findings(fence(code), to: "Write f. There is question_name already.")
        #expect(found.verdict("code.syntax") == .passes)
        #expect(found.verdict("code.names") == nil)
    }

    @Test(arguments: [
        ("def f(x):\n    return math.sqrt(x)", "math"), ("def f(xs: List[int]): return xs", "List"),
        ("def f(x):\n    y = 1\n    return z", "z"), ("import os.path as p\ndef f(): return os.name", "os"),
        ("def f(x):\n    return [i for i in range(n)]", "n"),
    ])
    func `what is bound nowhere is`(_ code: String, _ name: String) {
        let found = findings(fence(code), to: "Do it.")
        #expect(found.has(.nameUndefined))
        #expect(found.evidence.contains { $0.check == "code.names" && $0.reason.contains("`\(name)`") })
    }

    @Test func `names of one block are known in the others`() {
        #expect(
            findings(fence("import math") + "\n\n" + fence("def f(x): return math.pi")).verdict("code.names") == nil)
    }

    @Test(arguments: [
        ("Write a function `add` that returns the sum.", "def add(a, b):\n    print\n    a + b", true),
        ("Write a function that returns the sum.", "def add(a, b):\n    a + b", true),
        ("Write a function that returns the sum.", "def add(a, b):\n    return a + b", false),
        ("Write a function that returns numbers.", "def add(a, b):\n    yield a", false),
        ("Write a function that prints the sum.", "def add(a, b):\n    a + b", false),
        ("Write a function that returns the sum.", "def add(a, b):\n    print(a + b)", false),
        ("Write a function that returns the sum.", "def add(a, b):\n    ...", false),
        ("What does return mean?", "def add(a, b):\n    a + b", false),
    ])
    func `a function that is to return something does`(_ question: String, _ code: String, _ isMissing: Bool) {
        #expect(findings(fence(code), to: question).has(.returnMissing) == isMissing)
    }

    @Test(arguments: [
        ("Write a function called `add`.", "def sum_up(a): return a", true),
        ("Write a function called `add`.", "def add(a): return a", false),
        ("Write a function named add_all to do it.", "def sum_up(a): return a", true),
        ("Write a function called quickly.", "def sum_up(a): return a", false),
        ("Write a function.\nassert add(1, 2) == 3", "def plus(a, b): return a + b", true),
        ("Complete this.\ndef add(a, b):\n    \"\"\"Adds.\"\"\"", "def plus(a, b): return a + b", true),
        ("Complete this.\ndef add(a, b):\n    \"\"\"Adds.\"\"\"", "return a + b  # of add", false),
        ("Who wrote add(1)?", "def plus(a): return a", false),
    ])
    func `the function that was asked for is there`(_ question: String, _ code: String, _ isMissing: Bool) {
        #expect(findings(fence(code), to: question).has(.functionMissing) == isMissing)
    }

    @Test(arguments: [
        ("assert add(1, 2) == 3", "def add(a): return a", true),
        ("assert add([1, 2], (3, 4)) == 3", "def add(a, b): return a", false),
        ("assert add(\"a,b\") == 3", "def add(a, b=1): return a", false),
        ("assert add() == 3", "def add(*a): return a", false),
        ("assert add(1, 2) == 3", "def add(a, *, b): return a", true),
        ("assert add(1, b=2) == 3", "def add(a): return a", false),
        ("assert add() == 3", "def add(a): return a", true),
        ("assert add(1, 2, 3) == 3", "def add(a, b=1): return a", true),
        ("assert not add(1)", "class A:\n    def add(self, a): return a", false),
    ])
    func `it takes what its tests give it`(_ test: String, _ code: String, _ isMissed: Bool) {
        #expect(findings(fence(code), to: "Write a function.\n\(test)").has(.signatureMissed) == isMissed)
    }
}
