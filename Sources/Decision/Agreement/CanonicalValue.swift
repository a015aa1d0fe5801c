internal import Checks

/// One way of writing a value: for equal ones equal bytes, whatever their order of members, spacing and quotes.
enum CanonicalValue {
    /// The canonical form of a text that is JSON, fenced or not, and nothing else.
    static func whole(_ text: [UInt8]) -> [UInt8]? {
        let inside = unfenced(text[...].trimmed)
        guard let first = inside.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
            let value = LiteralReader.value(of: inside)
        else { return nil }
        return bytes(of: value)
    }

    /// The canonical form of a literal, or of words where it is none.
    static func bytes(ofLiteral text: ArraySlice<UInt8>, foldingCase: Bool) -> [UInt8] {
        if let first = text.first, "[{(".utf8.contains(first), let value = LiteralReader.value(of: text) {
            return bytes(of: value)
        }
        return foldingCase ? folded(text) : Array(text)
    }

    static func bytes(of value: ArgumentValue) -> [UInt8] {
        switch value {
        case .text(let text): [UInt8(ascii: "'")] + Array(text.utf8)
        case .number(let number): Array("\(number)".utf8)
        case .truth(let truth): Array("\(truth)".utf8)
        case .null: Array("null".utf8)
        case .list(let elements): bracketed("[", elements.map(bytes(of:)), "]")
        case .object(let members):
            bracketed(
                "{",
                members.map { Array($0.name.utf8) + [UInt8(ascii: ":")] + bytes(of: $0.value) }
                    .sorted { $0.lexicographicallyPrecedes($1) }, "}")
        case .expression(let text): Array(text.utf8)
        }
    }

    static func bracketed(_ open: Unicode.Scalar, _ parts: [[UInt8]], _ close: Unicode.Scalar) -> [UInt8] {
        [UInt8(ascii: open)] + Array(parts.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: close)]
    }

    /// Without white space and quotes around it, and without the escapes of JSON.
    static func unquoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bare: [UInt8] = []
        var isEscaped = false
        for byte in text {
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            if !isEscaped { bare.append(byte) }
        }
        var kept = bare[...].trimmed
        while let first = kept.first, let last = kept.last, kept.count > 1, first == last, "\"'`".utf8.contains(first) {
            kept = kept.dropFirst().dropLast()
        }
        return kept
    }

    /// Words as they are written in running text: runs of white space are one space, emphasis, quotes and a mark at the end go, case
    /// does not count.
    private static func folded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in text {
            if byte.isSpace {
                if let last = out.last, last != 32 { out.append(32) }
            } else if !"\"'`$*".utf8.contains(byte) {
                out.append(byte.lowercased)
            }
        }
        while let last = out.last, " .!,;".utf8.contains(last) { out.removeLast() }
        return out
    }

    private static func unfenced(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.starts(with: "```".utf8), text.suffix(3).elementsEqual("```".utf8),
            let line = text.firstIndex(of: 10)
        else { return text }
        return text[line...].dropLast(3).trimmed
    }
}
