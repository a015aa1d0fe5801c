/// A number as JSON writes it, without loss: so many digits times a power of ten.
struct ExactDecimal: Hashable, Sendable {
    private let isNegative: Bool
    /// Without zeros at either end; none for zero.
    private let digits: [UInt8]
    private let exponent: Int

    /// Reads a number in JSON's own spelling; exponents beyond a million count as a million.
    init(_ text: some Sequence<UInt8>) {
        var (isNegative, isFraction, inExponent, exponentIsNegative) = (false, false, false, false)
        var digits: [UInt8] = []
        var (scale, exponent) = (0, 0)
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"): if inExponent { exponentIsNegative = true } else { isNegative = true }
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): inExponent = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = byte - UInt8(ascii: "0")
                if inExponent {
                    exponent = min(exponent * 10 + Int(digit), 1_000_000)
                } else {
                    if isFraction { scale -= 1 }
                    if !digits.isEmpty || digit != 0 { digits.append(digit) }
                }
            default: break
            }
        }
        scale += exponentIsNegative ? -exponent : exponent
        while digits.last == 0 {
            digits.removeLast()
            scale += 1
        }
        self.isNegative = isNegative && !digits.isEmpty
        self.exponent = digits.isEmpty ? 0 : scale
        self.digits = digits
    }

    var isInteger: Bool { exponent >= 0 }

    /// As a count, if it is a whole number of at most 18 digits.
    var count: Int? {
        guard isInteger, !isNegative, digits.count + exponent <= 18 else { return nil }
        let leading = digits.reduce(0) { $0 * 10 + Int($1) }
        return (0..<exponent).reduce(leading) { value, _ in value * 10 }
    }

    /// Whether division by another leaves nothing; exact for divisors of up to 17 digits, else by doubles.
    func isMultiple(of divisor: ExactDecimal) -> Bool {
        if digits.isEmpty { return true }
        if divisor.digits.isEmpty { return false }
        guard divisor.digits.count <= 17 else {
            let quotient = approximate / divisor.approximate
            return quotient.isFinite && quotient == quotient.rounded()
        }
        let shift = exponent - divisor.exponent
        guard (0...4000).contains(shift) else { return false }
        let modulus = divisor.digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
        var rest = digits.reduce(UInt64(0)) { ($0 * 10 + UInt64($1)) % modulus }
        for _ in 0..<shift where rest != 0 { rest = (rest * 10) % modulus }
        return rest == 0
    }

    private var approximate: Double {
        Double(String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self) + "e\(exponent)") ?? .nan
    }
}

extension ExactDecimal: Comparable {
    static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// By magnitude.
    private func isSmaller(than other: ExactDecimal) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        let (places, others) = (digits.count + exponent, other.digits.count + other.exponent)
        return places == others ? digits.lexicographicallyPrecedes(other.digits) : places < others
    }
}
