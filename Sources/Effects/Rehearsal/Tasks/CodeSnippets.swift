/// Writes small functions from a phrase book, in Python.
enum CodeSnippets {
    static func solve(_ ask: Ask) -> Solution? {
        guard ask.mentions("function", "code", "program", "write", "implement", "script", "python"),
            let entry = book.first(where: { ask.mentions(anyOf: $0.cues) })
        else { return nil }
        func fenced(_ code: String) -> String { "```python\n\(code)\n```" }
        return Solution(
            fenced(entry.code), difficulty: entry.difficulty,
            mistakes: [fenced(entry.code.replacing(entry.slip.0, with: entry.slip.1))])
    }

    private struct Entry {
        let cues: [String]
        let difficulty: Double
        let code: String
        /// What a weaker model writes instead.
        let slip: (String, String)
    }

    private static var book: [Entry] {
        [
            Entry(
                cues: ["fibonacci"], difficulty: 0.3,
                code:
                    "def fibonacci(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a",
                slip: ("return a", "return b")),
            Entry(
                cues: ["factorial"], difficulty: 0.25,
                code:
                    "def factorial(n):\n    result = 1\n    for i in range(2, n + 1):\n        result *= i\n    return result",
                slip: ("n + 1", "n")),
            Entry(
                cues: ["palindrome", "palindromes"], difficulty: 0.3,
                code: "def is_palindrome(s):\n    s = [c.lower() for c in s if c.isalnum()]\n    return s == s[::-1]",
                slip: ("s[::-1]", "s[:-1]")),
            Entry(
                cues: ["reverse", "reverses"], difficulty: 0.15, code: "def reverse(s):\n    return s[::-1]",
                slip: ("[::-1]", "[::1]")),
            Entry(
                cues: ["prime", "primes"], difficulty: 0.45,
                code:
                    "def is_prime(n):\n    if n < 2:\n        return False\n    for i in range(2, int(n ** 0.5) + 1):\n        if n % i == 0:\n            return False\n    return True",
                slip: ("n < 2", "n < 1")),
            Entry(
                cues: ["gcd", "greatest common divisor"], difficulty: 0.35,
                code: "def gcd(a, b):\n    while b:\n        a, b = b, a % b\n    return a", slip: ("a % b", "a // b")),
            Entry(
                cues: ["fizzbuzz", "fizz"], difficulty: 0.3,
                code:
                    "def fizzbuzz(n):\n    for i in range(1, n + 1):\n        print(\"Fizz\" * (i % 3 == 0) + \"Buzz\" * (i % 5 == 0) or i)",
                slip: ("n + 1", "n")),
            Entry(
                cues: ["binary search"], difficulty: 0.6,
                code:
                    "def binary_search(items, target):\n    low, high = 0, len(items) - 1\n    while low <= high:\n        middle = (low + high) // 2\n        if items[middle] == target:\n            return middle\n        if items[middle] < target:\n            low = middle + 1\n        else:\n            high = middle - 1\n    return -1",
                slip: ("low <= high", "low < high")),
            Entry(
                cues: ["vowel", "vowels"], difficulty: 0.2,
                code: "def count_vowels(s):\n    return sum(c in \"aeiou\" for c in s.lower())",
                slip: ("s.lower()", "s")),
            Entry(
                cues: ["anagram", "anagrams"], difficulty: 0.3,
                code: "def are_anagrams(a, b):\n    return sorted(a) == sorted(b)",
                slip: ("sorted(a) == sorted(b)", "set(a) == set(b)")),
            Entry(
                cues: ["flatten", "flattens"], difficulty: 0.4,
                code: "def flatten(lists):\n    return [item for inner in lists for item in inner]",
                slip: ("item for inner in lists for item in inner", "inner for inner in lists")),
            Entry(
                cues: ["sum", "adds"], difficulty: 0.1, code: "def add(a, b):\n    return a + b",
                slip: ("a + b", "a - b")),
        ]
    }
}
