/// Bytes as text (RFC 4648, section 4), padded.
package enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    package static func encode(_ bytes: [UInt8]) -> String { String(decoding: text(of: bytes), as: UTF8.self) }

    /// The characters of ``encode(_:)`` as a JSON text: none of them needs to be escaped.
    static func quoted(_ bytes: [UInt8]) -> [UInt8] { [UInt8(ascii: "\"")] + text(of: bytes) + [UInt8(ascii: "\"")] }

    /// The characters of ``encode(_:)``.
    private static func text(of bytes: [UInt8]) -> [UInt8] {
        let digits = digits.span
        let bytes = bytes.span
        var characters = [UInt8](repeating: UInt8(ascii: "="), count: (bytes.count + 2) / 3 * 4)
        var text = characters.mutableSpan
        var (read, written) = (0, 0)
        while read + 3 <= bytes.count {
            let group = Int(bytes[read]) << 16 | Int(bytes[read + 1]) << 8 | Int(bytes[read + 2])
            text[written] = digits[group >> 18]
            text[written + 1] = digits[group >> 12 & 63]
            text[written + 2] = digits[group >> 6 & 63]
            text[written + 3] = digits[group & 63]
            read += 3
            written += 4
        }
        guard read < bytes.count else { return characters }
        let hasTwo = read + 1 < bytes.count
        let group = Int(bytes[read]) << 16 | (hasTwo ? Int(bytes[read + 1]) << 8 : 0)
        text[written] = digits[group >> 18]
        text[written + 1] = digits[group >> 12 & 63]
        if hasTwo { text[written + 2] = digits[group >> 6 & 63] }
        return characters
    }

    /// Nil if the text is not the one form that ``encode(_:)`` gives.
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
