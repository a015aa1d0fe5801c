/// Escapes of JSON strings, both ways (RFC 8259, section 7).
enum JSONEscapes {
    /// Resolves the escapes of a string's inside that the parser has already validated.
    static func resolve(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var at = text.startIndex
        while at < text.endIndex {
            let byte = text[at]
            guard byte == UInt8(ascii: "\\"), at + 1 < text.endIndex else {
                out.append(byte)
                at += 1
                continue
            }
            let escape = text[at + 1]
            at += 2
            switch escape {
            case UInt8(ascii: "b"): out.append(8)
            case UInt8(ascii: "f"): out.append(12)
            case UInt8(ascii: "n"): out.append(10)
            case UInt8(ascii: "r"): out.append(13)
            case UInt8(ascii: "t"): out.append(9)
            case UInt8(ascii: "u"):
                var scalar = hex(text, at)
                at += 4
                if (0xD800..<0xDC00).contains(scalar), at + 6 <= text.endIndex {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (hex(text, at + 2) - 0xDC00)
                    at += 6
                }
                out.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
            default: out.append(escape)
            }
        }
        return out
    }

    private static func hex(_ text: ArraySlice<UInt8>, _ at: Int) -> UInt32 {
        var value: UInt32 = 0
        for byte in text[at..<min(at + 4, text.endIndex)] {
            // The parser has seen to it that these are digits: of letters the low nibble is the digit less nine.
            value = value << 4 | UInt32(byte & 15) + (byte >= UInt8(ascii: "A") ? 9 : 0)
        }
        return value
    }

    /// Not zero if one of eight bytes must be escaped: a byte from which as much is borrowed as it is too small by sets its
    /// highest bit (Sean Eron Anderson, "Bit Twiddling Hacks": hasless, haszero).
    static func marks(in word: UInt64) -> UInt64 {
        let each: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ each * UInt64(UInt8(ascii: "\""))
        let backslashes = word ^ each * UInt64(UInt8(ascii: "\\"))
        let controls = (word &- (each * 0x20)) & ~word
        let found = controls | (quotes &- each) & ~quotes | (backslashes &- each) & ~backslashes
        return found & (each * 0x80)
    }

    /// What a byte becomes at most.
    static let mostBytes = 6

    /// Puts text, escaping what JSON demands and nothing else, into room that was reserved.
    static func put(_ text: Span<UInt8>, into out: inout GrowingBytes) {
        for at in text.indices {
            if mustEscape(text[at]) { escape(text[at], into: &out) } else { out.put(text[at]) }
        }
    }

    static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ byte: UInt8, into out: inout GrowingBytes) {
        out.put(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.put(byte)
        case 8: out.put(UInt8(ascii: "b"))
        case 9: out.put(UInt8(ascii: "t"))
        case 10: out.put(UInt8(ascii: "n"))
        case 12: out.put(UInt8(ascii: "f"))
        case 13: out.put(UInt8(ascii: "r"))
        default:
            // Control characters end at 1f.
            let low = byte & 15
            for digit in "u00".utf8 { out.put(digit) }
            out.put(UInt8(ascii: "0") + byte >> 4)
            out.put(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
