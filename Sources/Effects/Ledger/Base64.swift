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

    package static func encode(_ bytes: [UInt8]) -> String {
        let (bytes, pairs) = (bytes.span, pairs.span)
        let text = [UInt8](capacity: (bytes.count + 2) / 3 * 4) { output in
            func append(twelveBits: Int) {
                output.append(UInt8(truncatingIfNeeded: pairs[twelveBits]))
                output.append(UInt8(truncatingIfNeeded: pairs[twelveBits] >> 8))
            }
            var read = 0
            while read + 3 <= bytes.count {
                let group = Int(bytes[read]) << 16 | Int(bytes[read + 1]) << 8 | Int(bytes[read + 2])
                append(twelveBits: group >> 12)
                append(twelveBits: group & 0xFFF)
                read += 3
            }
            guard read < bytes.count else { return }
            let second = read + 1 < bytes.count ? bytes[read + 1] : nil
            let group = Int(bytes[read]) << 8 | Int(second ?? 0)
            append(twelveBits: group >> 4)
            output.append(second == nil ? UInt8(ascii: "=") : digits[group << 2 & 63])
            output.append(UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
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
