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
        return squeezed(text, foldingCase: foldingCase)
    }

    static func bytes(of value: ArgumentValue) -> [UInt8] {
        switch value {
        case .text(let text): [UInt8(ascii: "'")] + squeezed(Array(text.utf8)[...], foldingCase: false)
        case .number(let number): Array("\(number)".utf8)
        case .truth(let truth): Array("\(truth)".utf8)
        case .null: Array("null".utf8)
        case .list(let elements): bracketed("[", elements.map(bytes(of:)), "]")
        case .object(let members):
            bracketed(
                "{",
                members.map { Array($0.name.utf8) + [UInt8(ascii: ":")] + bytes(of: $0.value) }
                    .sorted { $0.lexicographicallyPrecedes($1) }, "}")
        case .expression(let text): squeezed(Array(text.utf8)[...], foldingCase: false)
        }
    }

    static func bracketed(_ open: Unicode.Scalar, _ parts: [[UInt8]], _ close: Unicode.Scalar) -> [UInt8] {
        [UInt8(ascii: open)] + Array(parts.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: close)]
    }

    /// Without white space and marks at either end, without quotes around it, and without escapes.
    static func unquoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bare = text.filter { $0 != UInt8(ascii: "\\") }[...].trimmed
        while let first = bare.first, let last = bare.last, bare.count > 1, first == last,
            "\"'`".utf8.contains(first)
        {
            bare = bare.dropFirst().dropLast()
        }
        return bare
    }

    /// Runs of white space become one space, quotes and a full stop at the end go.
    private static func squeezed(_ text: ArraySlice<UInt8>, foldingCase: Bool) -> [UInt8] {
        var out: [UInt8] = []
        for byte in text {
            if byte.isSpace {
                if let last = out.last, last != 32 { out.append(32) }
            } else if !"\"'`\\$*".utf8.contains(byte) {
                out.append(foldingCase ? byte.lowercased : byte)
            }
        }
        while let last = out.last, last == 32 || foldingCase && ".!,;".utf8.contains(last) { out.removeLast() }
        return out
    }

    private static func unfenced(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.starts(with: "```".utf8), text.suffix(3).elementsEqual("```".utf8),
            let line = text.firstIndex(of: 10)
        else { return text }
        return text[line...].dropLast(3).trimmed
    }
}
