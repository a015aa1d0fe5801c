import ExactNumbers
private import Glibc

/// The value of one side of an equation.
struct ExpressionValue {
    var magnitude: Magnitude
    /// How many operations led to it.
    var operations = 0
    var hasUnits = false
    var hasPercent = false
    /// The number as written, if it is nothing but a number.
    var written: WrittenNumber?
    /// Nothing but one whole number over another.
    var isFraction = false
    /// Made of whole numbers only, without roots.
    var isExact = true
    var hasRoot = false
}

/// Works out an expression from a token on: the longest that makes sense, bounded in depth and length.
struct ExpressionReader {
    private let text: MathsText
    private(set) var place: Int
    private let end: Int
    private var depth = 0
    private var operations = 0
    private var hasUnits = false
    private var hasPercent = false
    private var onlyNumber: WrittenNumber?
    private var terms = 0
    private var divisions = 0
    private var isExact = true
    private var hasRoot = false

    init(_ text: MathsText, from start: Int, to end: Int) {
        self.text = text
        place = start
        self.end = end
    }

    /// The value and where it ends; nil if no expression begins there.
    mutating func read() -> ExpressionValue? {
        guard let magnitude = sum(), magnitude.approximate.isFinite else { return nil }
        return ExpressionValue(
            magnitude: magnitude, operations: operations, hasUnits: hasUnits, hasPercent: hasPercent,
            written: terms == 1 && operations == 0 ? onlyNumber : nil,
            isFraction: terms == 2 && operations == 1 && divisions == 1 && isExact, isExact: isExact,
            hasRoot: hasRoot)
    }

    private var kind: MathsToken.Kind? { place < end ? text.tokens[place].kind : nil }

    private mutating func sum() -> Magnitude? {
        guard depth < 24 else { return nil }
        depth += 1
        defer { depth -= 1 }
        guard var left = product() else { return nil }
        while kind == .plus || kind == .minus {
            let (operation, back) = (kind, place)
            place += 1
            guard let right = product() else {
                place = back
                return left
            }
            operations += 1
            left =
                operation == .plus
                ? combine(left, right, { $0.plus($1) }, +) : combine(left, right, { $0.minus($1) }, -)
        }
        return left
    }

    private mutating func product() -> Magnitude? {
        guard var left = power() else { return nil }
        while let operation = kind {
            let back = place
            var isMixed = false
            switch operation {
            case .times, .divided: place += 1
            case .open, .root: break
            case .fraction: isMixed = text.tokens[place - 1].kind == .number
            default: return left
            }
            guard let right = power() else {
                place = back
                return left
            }
            operations += 1
            if operation == .divided {
                left = quotient(left, right)
            } else if isMixed {
                // `1\frac{1}{2}` is one and a half.
                left = combine(left, right, { $0.plus($1) }, +)
            } else {
                left = combine(left, right, { $0.times($1) }, *)
            }
        }
        return left
    }

    private mutating func quotient(_ left: Magnitude, _ right: Magnitude) -> Magnitude {
        divisions += 1
        return combine(left, right, { $0.divided(by: $1) }, /)
    }

    private mutating func power() -> Magnitude? {
        guard let base = operand() else { return nil }
        guard kind == .power else { return base }
        let back = place
        place += 1
        guard depth < 24 else { return nil }
        depth += 1
        defer { depth -= 1 }
        guard let exponent = power() else {
            place = back
            return base
        }
        operations += 1
        let nearly = pow(base.approximate, exponent.approximate)
        var exact: Rational?
        if let from = base.exact, let to = exponent.exact, to.isWhole {
            exact =
                to.numerator >= 0
                ? from.power(to) : Rational(0).minus(to).flatMap(from.power).flatMap { Rational(1).divided(by: $0) }
        }
        skipUnits()
        return Magnitude(exact: exact, approximate: nearly)
    }

    private mutating func operand() -> Magnitude? {
        switch kind {
        case .number: return number(text.numbers[text.tokens[place].number])
        case .minus, .plus:
            let isNegative = kind == .minus
            place += 1
            guard depth < 24 else { return nil }
            depth += 1
            defer { depth -= 1 }
            guard let value = power() else { return nil }
            guard isNegative else { return value }
            if let number = onlyNumber, terms == 1 {
                onlyNumber = WrittenNumber(
                    value: Magnitude(
                        exact: number.value.exact.flatMap { Rational(0).minus($0) },
                        approximate: -number.value.approximate), unit: number.unit, isPercent: number.isPercent,
                    hasFraction: number.hasFraction)
            }
            return Magnitude(exact: value.exact.flatMap { Rational(0).minus($0) }, approximate: -value.approximate)
        case .open: return bracket()
        case .fraction:
            guard let numerator = bracket(), kind == .divided else { return nil }
            place += 1
            guard kind == .open, let denominator = bracket() else { return nil }
            operations += 1
            return quotient(numerator, denominator)
        case .root:
            place += 1
            guard depth < 24 else { return nil }
            depth += 1
            defer { depth -= 1 }
            guard let value = operand(), value.approximate >= 0 else { return nil }
            operations += 1
            isExact = false
            hasRoot = true
            return Magnitude(approximate: value.approximate.squareRoot())
        default: return nil
        }
    }

    private mutating func bracket() -> Magnitude? {
        place += 1
        guard let value = sum(), kind == .close else { return nil }
        place += 1
        skipUnits()
        return value
    }

    private mutating func number(_ number: WrittenNumber) -> Magnitude {
        place += 1
        terms += 1
        onlyNumber = number
        if number.hasFraction { isExact = false }
        var value = number.value
        if number.isPercent {
            hasPercent = true
            value = Magnitude(
                exact: value.exact.flatMap { $0.divided(by: Rational(100)) },
                approximate: value.approximate / 100)
        }
        if kind == .factorial, let whole = value.exact, whole.isWhole, (0...20).contains(whole.numerator) {
            place += 1
            operations += 1
            value = Magnitude(Rational((1...max(whole.numerator, 1)).reduce(1, *)))
        }
        skipUnits()
        return value
    }

    /// At most three words, and quotients and powers of words, after a number: `m/s^2`, `ounces of cereal`.
    private mutating func skipUnits() {
        var words = 0
        while words < 4, place < end {
            switch text.tokens[place].kind {
            case .word:
                words += 1
                place += 1
            case .divided, .times:
                guard place + 1 < end, text.tokens[place + 1].kind == .word else { return }
                place += 2
                words += 1
            case .power:
                guard words > 0, place + 1 < end else { return }
                var next = place + 1
                if text.tokens[next].kind == .minus { next += 1 }
                guard next < end, text.tokens[next].kind == .number else { return }
                place = next + 1
            default:
                if words > 0 { hasUnits = true }
                return
            }
            hasUnits = true
        }
    }

    private func combine(
        _ left: Magnitude, _ right: Magnitude, _ exactly: (Rational, Rational) -> Rational?,
        _ nearly: (Double, Double) -> Double
    ) -> Magnitude {
        var exact: Rational?
        if let one = left.exact, let other = right.exact { exact = exactly(one, other) }
        return Magnitude(exact: exact, approximate: nearly(left.approximate, right.approximate))
    }
}
