import Embedding

/// The numbers that stand in a text, each once, however they are written: `1,200.50` is `1200.5`.
struct NumberSet {
    private var keys = HashSet()

    /// Digits beyond these tell no two numbers apart.
    private static let mostDigits = 17

    init(_ text: ArraySlice<UInt8>) {
        let span = text.span
        var place = 0
        while place < span.count {
            let digits = span.eightBytes(at: place).digits
            guard digits != 0 else {
                place += 8
                continue
            }
            place += digits.trailingZeroBitCount / 8
            keys.insert(Self.key(of: span, at: &place))
        }
    }

    var count: Int { keys.count }

    /// How many of another set's numbers are not in this one.
    func missing(of other: NumberSet) -> Int { other.count - keys.count(of: other.keys) }

    /// Passes the number that begins at a place, and tells it from others.
    private static func key(of text: Span<UInt8>, at place: inout Int) -> UInt64 {
        var (value, digits, decimals): (UInt64, Int, UInt64) = (0, 0, 0)
        var hasPoint = false
        while place < text.count {
            let byte = text[place]
            let isFollowed = place + 1 < text.count && text[place + 1].isDigit
            if byte.isDigit {
                if digits < mostDigits {
                    value = value * 10 + UInt64(byte - UInt8(ascii: "0"))
                    digits += 1
                    if hasPoint { decimals += 1 }
                }
            } else if byte == UInt8(ascii: "."), isFollowed, !hasPoint {
                hasPoint = true
            } else if byte != UInt8(ascii: ",") || !isFollowed {
                break
            }
            place += 1
        }
        while decimals > 0, value % 10 == 0 { (value, decimals) = (value / 10, decimals - 1) }
        return (value << 5 | decimals) &+ 1
    }
}
