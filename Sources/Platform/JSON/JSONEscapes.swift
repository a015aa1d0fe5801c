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

    /// Appends `text` between quotes, escaping what JSON demands and nothing else.
    static func append(_ text: String, to out: inout [UInt8]) {
        let bytes = text.utf8.span
        // Gathered in one byte, not searched: a loop without an exit takes many bytes at a time.
        var escapes: UInt8 = 0
        for at in bytes.indices { escapes |= mustEscape(unsafe bytes[unchecked: at]) ? 1 : 0 }
        guard escapes > 0 else {
            out.append(addingCapacity: bytes.count + 2) { output in
                output.append(UInt8(ascii: "\""))
                unsafe bytes.withUnsafeBufferPointer { unsafe output.append(copying: $0) }
                output.append(UInt8(ascii: "\""))
            }
            return
        }
        out.append(UInt8(ascii: "\""))
        for at in bytes.indices {
            if mustEscape(bytes[at]) { escape(bytes[at], to: &out) } else { out.append(bytes[at]) }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ byte: UInt8, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
        case 8: out.append(UInt8(ascii: "b"))
        case 9: out.append(UInt8(ascii: "t"))
        case 10: out.append(UInt8(ascii: "n"))
        case 12: out.append(UInt8(ascii: "f"))
        case 13: out.append(UInt8(ascii: "r"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            out.append(contentsOf: "u00".utf8)
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
    }
}

extension OutputSpan<UInt8> {
    /// Appends bytes, of which there must be room for all.
    @inline(__always)
    mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count <= freeCapacity, "the room was reckoned before")
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            guard let start = bytes.baseAddress, let end = buffer.baseAddress else { return }
            unsafe (end + count).update(from: start, count: bytes.count)
            count += bytes.count
        }
    }
}
