/// Bytes as text (RFC 4648, section 4), padded.
package enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// Two digits for each twelve bits, the first one lowest.
    private static let pairs: [UInt16] = (0..<4096).map { UInt16(digits[$0 >> 6]) | UInt16(digits[$0 & 63]) << 8 }

    /// How many digits so many bytes have.
    static func length(of count: Int) -> Int { (count + 2) / 3 * 4 }

    /// Puts the digits of bytes into room that was reserved.
    static func put(_ bytes: Span<UInt8>, into text: inout GrowingBytes) {
        let pairs = pairs.span
        let whole = bytes.count / 3 * 3
        var read = 0
        let raw = unsafe bytes.bytes
        // Six bytes are eight digits; they are read with two that follow.
        while read + 8 <= whole {
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: read, as: UInt64.self).bigEndian
            let first = unsafe UInt64(pairs[unchecked: Int(word >> 52)])
            let second = unsafe UInt64(pairs[unchecked: Int(word >> 40 & 0xFFF)])
            let third = unsafe UInt64(pairs[unchecked: Int(word >> 28 & 0xFFF)])
            let fourth = unsafe UInt64(pairs[unchecked: Int(word >> 16 & 0xFFF)])
            text.put(eight: first | second << 16 | third << 32 | fourth << 48)
            read += 6
        }
        while read < whole {
            let middle = unsafe Int(bytes[unchecked: read + 1])
            let first = unsafe Int(bytes[unchecked: read]) << 4 | middle >> 4
            let second = unsafe (middle & 15) << 8 | Int(bytes[unchecked: read + 2])
            unsafe text.put(four: UInt32(pairs[unchecked: first]) | UInt32(pairs[unchecked: second]) << 16)
            read += 3
        }
        guard whole < bytes.count else { return }
        let isOne = whole + 1 == bytes.count
        let group = Int(bytes[whole]) << 8 | Int(isOne ? 0 : bytes[whole + 1])
        let third = isOne ? UInt8(ascii: "=") : digits[group << 2 & 63]
        text.put(four: UInt32(pairs[group >> 4]) | UInt32(third) << 16 | UInt32(UInt8(ascii: "=")) << 24)
    }

    /// The bytes that a text spells; nil if it is not the one form in which they are written.
    package static func decode(_ text: String) -> [UInt8]? {
        let text = Array(text.utf8)
        guard text.count % 4 == 0 else { return nil }
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var index = 0
        while index < text.count {
            let isLast = index + 4 == text.count
            var group: UInt32 = 0
            for place in 0..<4 {
                let isPadding = isLast && place >= 4 - padding
                let value = isPadding ? 0 : values[Int(text[index + place])]
                guard value < 64 else { return nil }
                group = group << 6 | UInt32(value)
            }
            let kept = isLast ? 3 - padding : 3
            for place in 0..<kept { bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * place))) }
            // What is cut off must be zero, or two texts would mean the same.
            if kept < 3, group << UInt32(8 + 8 * kept) != 0 { return nil }
            index += 4
        }
        return bytes
    }
}

extension JSONValue {
    /// The bytes that a string spells in Base64, or nil if this is no such string.
    package var base64: [UInt8]? { string.flatMap(Base64.decode) }
}
