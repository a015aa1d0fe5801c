import ExactNumbers

/// Evaluates an expression found in the text, exactly.
enum Arithmetic {
    static func solve(_ ask: Ask) -> Solution? {
        guard let expression = expression(in: ask), let value = expression.value else { return nil }
        let largest = expression.digits
        let steps = Double(expression.operations)
        let difficulty = 0.1 * steps + 0.06 * Double(max(0, largest - 2)) + (expression.hasProduct ? 0.12 : 0)
        return solution("\(expression.text) = ", value, difficulty: difficulty)
    }

    /// An answer that ends in a number, and its slips: one off, a digit lost, a carry forgotten.
    static func solution(_ working: String, _ value: Rational, unit: String = "", difficulty: Double) -> Solution {
        let slips = [
            value.plus(Rational(1)), value.minus(Rational(1)), value.plus(Rational(10)), value.minus(Rational(10)),
        ]
        func phrase(_ number: Rational) -> String { "\(working)\(number)\(unit)\n\nThe answer is \(number)\(unit)." }
        return Solution(
            phrase(value), difficulty: difficulty, mistakes: slips.compactMap { $0 }.map(phrase))
    }

    /// An expression as it was read, and what it comes to.
    struct Expression {
        var text: String
        var value: Rational?
        var operations: Int
        var digits: Int
        var hasProduct: Bool
    }

    /// The longest run of numbers and operators that has an operation between two numbers.
    static func expression(in ask: Ask) -> Expression? {
        var best: Expression?
        for run in runs(in: spelledOut(ask.text)) {
            var parser = ExpressionParser(run)
            guard let value = parser.parse(), parser.operations > 0 else { continue }
            let found = Expression(
                text: String(run), value: value, operations: parser.operations, digits: parser.digits,
                hasProduct: parser.hasProduct)
            if found.operations > best?.operations ?? 0 { best = found }
        }
        return best ?? percentage(ask)
    }

    /// `12 % of 80`, `12 percent of 80`.
    private static func percentage(_ ask: Ask) -> Expression? {
        let words = ask.words
        for (at, word) in words.enumerated() {
            guard let share = word.number else { continue }
            let of = word.isPercent ? at + 1 : at + 2
            guard word.isPercent || (at + 1 < words.count && words[at + 1].lower.hasPrefix("percent")),
                of + 1 < words.count, words[of].lower == "of", let whole = words[of + 1].number
            else { continue }
            return Expression(
                text: "\(share)% of \(whole)", value: share.times(whole)?.divided(by: Rational(100)), operations: 2,
                digits: "\(whole)".count, hasProduct: true)
        }
        return nil
    }

    private static func spelledOut(_ text: String) -> String {
        [
            ("multiplied by", "*"), ("divided by", "/"), ("to the power of", "^"), (" plus ", " + "),
            (" minus ", " - "), (" times ", " * "), ("×", "*"), ("·", "*"), ("÷", "/"), ("−", "-"), ("**", "^"),
            (" x ", " * "),
        ].reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    private static func runs(in text: String) -> [Substring] {
        text.split { !($0.isASCII && ($0.isNumber || "+-*/^()., ".contains($0))) }.map { run in
            var run = run.drop { " .,)".contains($0) }
            while let last = run.last, " .,(+-*/^".contains(last) { run.removeLast() }
            return run
        }.filter { !$0.isEmpty && Findings.all(.date, in: String($0)).isEmpty }
    }
}

/// A parser by recursive descent: sums of products of powers of numbers and brackets.
struct ExpressionParser {
    private let text: [Character]
    private var at = 0
    private(set) var operations = 0
    /// Digits of the longest number.
    private(set) var digits = 0
    /// Whether numbers of two digits were multiplied, or anything divided or raised.
    private(set) var hasProduct = false

    init(_ text: Substring) {
        self.text = Array(text.filter { $0 != " " })
    }

    /// The value of the whole text; nil if it is no expression or its numbers grow too large.
    mutating func parse() -> Rational? {
        let value = sum()
        return at == text.count ? value : nil
    }

    private mutating func take(_ wanted: String) -> Character? {
        guard at < text.count, wanted.contains(text[at]) else { return nil }
        at += 1
        return text[at - 1]
    }

    private mutating func sum() -> Rational? {
        var value = product()
        while let sign = take("+-") {
            operations += 1
            guard let right = product() else { return nil }
            value = sign == "+" ? value?.plus(right) : value?.minus(right)
        }
        return value
    }

    private mutating func product() -> Rational? {
        var value = power()
        while let sign = take("*/") {
            operations += 1
            guard let right = power() else { return nil }
            hasProduct = hasProduct || sign == "/" || digits > 1
            value = sign == "*" ? value?.times(right) : value?.divided(by: right)
        }
        return value
    }

    private mutating func power() -> Rational? {
        guard let base = operand() else { return nil }
        guard take("^") != nil else { return base }
        operations += 1
        hasProduct = true
        return power().flatMap(base.power)
    }

    private mutating func operand() -> Rational? {
        if take("-") != nil { return operand()?.times(Rational(-1)) }
        if take("(") != nil {
            let value = sum()
            return take(")") == nil ? nil : value
        }
        let start = at
        while at < text.count, text[at].isNumber || text[at] == "." || text[at] == "," { at += 1 }
        digits = max(digits, at - start)
        return at > start ? Rational(decimal: String(text[start..<at])) : nil
    }
}
