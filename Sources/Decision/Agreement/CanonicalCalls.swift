internal import Checks

/// One way of writing tool calls: equal for the same tools with the same arguments, in any order.
enum CanonicalCalls {
    static func bytes(of calls: [WrittenCalls.Call]) -> [UInt8] {
        let written = calls.map(bytes(of:))
        return Array(written.sorted { $0.lexicographicallyPrecedes($1) }.joined(separator: [UInt8(ascii: ";")]))
    }

    private static func bytes(of call: WrittenCalls.Call) -> [UInt8] {
        let name = Array(WrittenCalls.plain(call.name).utf8)
        guard let arguments = call.arguments else { return name + [UInt8(ascii: "?")] }
        let parts = arguments.map { Array($0.name.utf8) + [UInt8(ascii: "=")] + bytes(of: $0.value) }
        return name + CanonicalValue.bracketed("(", parts.sorted { $0.lexicographicallyPrecedes($1) }, ")")
    }

    /// As a value, but texts by their letters, digits and operators only: `New York, NY` is `new york ny`.
    private static func bytes(of value: ArgumentValue) -> [UInt8] {
        switch value {
        case .text(let text), .expression(let text): [UInt8(ascii: "'")] + plain(Array(text.utf8))
        case .list(let elements): CanonicalValue.bracketed("[", elements.map(bytes(of:)), "]")
        case .object(let members):
            CanonicalValue.bracketed(
                "{",
                members.map { Array($0.name.utf8) + [UInt8(ascii: ":")] + bytes(of: $0.value) }
                    .sorted { $0.lexicographicallyPrecedes($1) }, "}")
        case .number, .truth, .null: CanonicalValue.bytes(of: value)
        }
    }

    private static func plain(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for (place, byte) in text.enumerated() {
            if byte.isWordByte {
                out.append(byte.lowercased)
            } else if byte == UInt8(ascii: "*"), out.last == UInt8(ascii: "*") {
                // Two stars raise to a power, as a caret does.
                out[out.count - 1] = UInt8(ascii: "^")
            } else if byte == UInt8(ascii: "."), place + 1 < text.count, text[place + 1].isDigit {
                out.append(byte)
            } else if "+/^<>=%*".utf8.contains(byte) {
                out.append(byte)
            }
        }
        // A sign of multiplication before a name is often left out.
        return out.indices.filter { place in
            out[place] != UInt8(ascii: "*") || place + 1 < out.count && out[place + 1].isDigit
        }.map { out[$0] }
    }
}
