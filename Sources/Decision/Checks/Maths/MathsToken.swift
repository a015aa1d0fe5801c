import ExactNumbers

/// A number as it was worked out: exactly as long as 64 bits suffice, and nearly.
struct Magnitude: Hashable, Sendable {
    let exact: Rational?
    let approximate: Double

    init(_ exact: Rational) {
        self.exact = exact
        approximate = exact.approximation
    }

    init(approximate: Double) {
        exact = nil
        self.approximate = approximate
    }

    init(exact: Rational?, approximate: Double) {
        self.exact = exact
        self.approximate = exact?.approximation ?? approximate
    }
}

/// A number as it was written.
struct WrittenNumber: Hashable, Sendable {
    let value: Magnitude
    /// The worth of one unit in its last written place: `0.01` for `3.75`, 1 for `12`.
    let unit: Double
    /// A `%` follows; the value is that of the number before it.
    var isPercent = false
    /// A digit follows the point.
    let hasFraction: Bool
}

/// What an expression is made of.
struct MathsToken: Sendable {
    enum Kind: Sendable {
        case number, plus, minus, times, divided, power, open, close, root, factorial
        /// The brace that opens the numerator of a `\frac`.
        case fraction
        /// A relation that claims equality.
        case equals
        /// A relation that claims equality only nearly.
        case nearlyEquals
        case word
        /// Whatever ends an expression: punctuation, a line's end.
        case boundary
    }

    let kind: Kind
    let range: Range<Int>
    /// Of a number, its place among the numbers of the text.
    var number = 0

    var isRelation: Bool { kind == .equals || kind == .nearlyEquals }
}
