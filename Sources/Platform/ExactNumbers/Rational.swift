/// An exact fraction in lowest terms; nil comes out wherever 64 bits do not suffice.
package struct Rational: Hashable, Sendable {
    package let numerator: Int
    /// Always positive.
    package let denominator: Int

    /// A whole number.
    package init(_ whole: Int) {
        numerator = whole
        denominator = 1
    }

    /// Nil for a denominator of 0, and where lowest terms do not fit.
    package init?(_ numerator: Int, over denominator: Int) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        let sign = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / Int(divisor)
        self.denominator = sign * denominator / Int(divisor)
    }

    /// Reads `1200`, `1,200` or `3.75`.
    package init?(decimal text: some StringProtocol) {
        let parts = String(text).filter { $0 != "," }.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = Int(parts[0]) else { return nil }
        guard parts.count == 2 else {
            self.init(whole)
            return
        }
        guard parts[1].count <= 9, let fraction = Int("0\(parts[1])") else { return nil }
        let scale = parts[1].reduce(1) { scale, _ in scale * 10 }
        guard let scaled = Rational(whole).times(Rational(scale)) else { return nil }
        self.init(scaled.numerator + fraction, over: scale)
    }

    /// Whether nothing is left over.
    package var isWhole: Bool { denominator == 1 }

    /// The nearest floating-point number.
    package var approximation: Double { Double(numerator) / Double(denominator) }

    /// The sum.
    package func plus(_ other: Rational) -> Rational? {
        let (left, overflowLeft) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (right, overflowRight) = other.numerator.multipliedReportingOverflow(by: denominator)
        let (sum, overflowSum) = left.addingReportingOverflow(right)
        let (below, overflowBelow) = denominator.multipliedReportingOverflow(by: other.denominator)
        return overflowLeft || overflowRight || overflowSum || overflowBelow ? nil : Rational(sum, over: below)
    }

    /// The difference.
    package func minus(_ other: Rational) -> Rational? { other.times(Rational(-1)).flatMap(plus) }

    /// The product.
    package func times(_ other: Rational) -> Rational? {
        let (above, overflowAbove) = numerator.multipliedReportingOverflow(by: other.numerator)
        let (below, overflowBelow) = denominator.multipliedReportingOverflow(by: other.denominator)
        return overflowAbove || overflowBelow ? nil : Rational(above, over: below)
    }

    /// The quotient; nil for a divisor of 0.
    package func divided(by other: Rational) -> Rational? {
        Rational(other.denominator, over: other.numerator).flatMap(times)
    }

    /// The power with a whole exponent from 0 to 64.
    package func power(_ exponent: Rational) -> Rational? {
        guard exponent.isWhole, (0...64).contains(exponent.numerator) else { return nil }
        var product: Rational? = Rational(1)
        for _ in 0..<exponent.numerator { product = product?.times(self) }
        return product
    }

    private static func greatestCommonDivisor(_ left: UInt, _ right: UInt) -> UInt {
        right == 0 ? max(left, 1) : greatestCommonDivisor(right, left % right)
    }
}

extension Rational: CustomStringConvertible {
    /// A decimal number: exact if it ends within four places, else rounded half up to four.
    package var description: String {
        let magnitude = numerator.magnitude
        let below = denominator.magnitude
        var whole = magnitude / below
        var rest = magnitude % below
        var digits = ""
        for _ in 0..<4 where rest != 0 {
            let (scaled, overflow) = rest.multipliedReportingOverflow(by: 10)
            guard !overflow else { break }
            digits += "\(scaled / below)"
            rest = scaled % below
        }
        if rest != 0, rest >= below - rest {
            let raised = String((UInt(digits) ?? 0) + 1)
            let padded = String(repeating: "0", count: max(0, digits.count - raised.count)) + raised
            digits = padded.count > digits.count ? "" : padded
            if digits.isEmpty { whole += 1 }
        }
        while digits.hasSuffix("0") { digits.removeLast() }
        return (numerator < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
    }
}
