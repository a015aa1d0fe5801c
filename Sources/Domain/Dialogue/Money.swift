/// A price: picodollars (1e-12 dollars) for one token.
///
/// Some list prices are fractions of a nanodollar.
package struct Picodollars: Hashable, Comparable, Sendable {
    package let count: Int64
    package init(_ count: Int64) { self.count = count }
    package static let zero = Picodollars(0)
    package static func < (left: Picodollars, right: Picodollars) -> Bool { left.count < right.count }

    /// Dollars for a million tokens, exactly, with two decimals at least, such as `0.15` or `0.0055`.
    package var dollarsPerMillion: String {
        let digits = String(count % 1_000_000)
        var fraction = String(repeating: "0", count: 6 - digits.count) + digits
        while fraction.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(count / 1_000_000).\(fraction)"
    }
}

/// An amount of money: whole nanodollars (1e-9 dollars); the unit in which every cost is kept and added.
package struct Nanodollars: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var count: Int64
    package init(_ count: Int64) { self.count = count }
    package static let zero = Nanodollars(0)

    /// Rounds a sum of picodollars half-up, once.
    package init(rounding picodollars: Int64) {
        count = (picodollars + 500).flooringQuotient(by: 1000)
    }

    package static func < (left: Nanodollars, right: Nanodollars) -> Bool { left.count < right.count }
    package static func + (left: Nanodollars, right: Nanodollars) -> Nanodollars {
        Nanodollars(left.count + right.count)
    }
    package static func - (left: Nanodollars, right: Nanodollars) -> Nanodollars {
        Nanodollars(left.count - right.count)
    }
    package static func += (left: inout Nanodollars, right: Nanodollars) { left.count += right.count }

    /// Dollars with nine decimals, exactly, such as `0.000012345` or `-1.500000000`.
    package var description: String {
        var text: [UInt8] = []
        write(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Writes the dollars as ``description`` has them.
    package func write(to text: inout [UInt8]) {
        // From the last digit on; 64 bits are 19 digits at most, beside the point and the sign.
        var characters = InlineArray<21, UInt8>(repeating: UInt8(ascii: "0"))
        var start = characters.count
        var rest = count.magnitude
        while rest > 0 || start > characters.count - 11 {
            start -= 1
            if start == characters.count - 10 {
                characters[start] = UInt8(ascii: ".")
                continue
            }
            characters[start] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        if count < 0 {
            start -= 1
            characters[start] = UInt8(ascii: "-")
        }
        for place in start..<characters.count { text.append(characters[place]) }
    }
}

extension Int64 {
    fileprivate func flooringQuotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
