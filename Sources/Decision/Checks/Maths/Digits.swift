import ExactNumbers

/// The digits of a number as it is read.
struct Digits {
    /// The value of the digits without the point, as long as 64 bits suffice.
    private var whole: Int? = 0
    /// The digits that are kept, and how many.
    private var text = [40 of UInt8](repeating: 0)
    private var count = 0
    private var decimals = 0
    var seenPoint = false
    var exponent = 0

    mutating func add(_ digit: UInt8) {
        if seenPoint { decimals += 1 }
        guard count < text.count else { return }
        text[count] = digit
        count += 1
        if let before = whole {
            let (tens, isLarge) = before.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = tens.addingReportingOverflow(Int(digit - 48))
            whole = isLarge || isLarger ? nil : sum
        }
    }

    var number: WrittenNumber {
        let scale = exponent - decimals
        var exact: Rational?
        if let whole, (-15...15).contains(scale) {
            let power = Self.powers[abs(scale)]
            exact =
                scale == 0
                ? Rational(whole) : scale < 0 ? Rational(whole, over: power) : Rational(whole).times(Rational(power))
        }
        return WrittenNumber(
            value: Magnitude(exact: exact, approximate: approximate(scale)), unit: Self.unit(scale),
            hasFraction: decimals > 0 || exponent != 0)
    }

    /// The value of a number without signs and commas; nil if it is none.
    static func value(of text: ArraySlice<UInt8>) -> Double? {
        guard text.count <= 15, text.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) else {
            return Double(String(decoding: text.map(\.lowercased), as: UTF8.self))
        }
        var digits = Digits()
        for byte in text {
            if byte.isDigit {
                digits.add(byte)
            } else if digits.seenPoint {
                return nil
            } else {
                digits.seenPoint = true
            }
        }
        return digits.approximate(-digits.decimals)
    }

    private static let powers = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    /// Two numbers that are exact give the nearest one by one operation (Clinger 1990, "How to read floating point
    /// numbers accurately"); all others are left to the library.
    private func approximate(_ scale: Int) -> Double {
        if let whole, whole <= 1 << 53, abs(scale) <= 15 {
            let power = Double(Self.powers[abs(scale)])
            return scale < 0 ? Double(whole) / power : Double(whole) * power
        }
        let digits = String(decoding: (0..<count).map { text[$0] }, as: UTF8.self)
        return Double("\(digits)e\(scale)") ?? .nan
    }

    private static func unit(_ scale: Int) -> Double {
        guard abs(scale) <= 15 else { return Double("1e\(scale)") ?? 0 }
        let power = Double(powers[abs(scale)])
        return scale < 0 ? 1 / power : power
    }
}
