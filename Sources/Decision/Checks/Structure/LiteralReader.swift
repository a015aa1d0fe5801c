/// Reads values as models write them: JSON, Python's literals, and calls with named arguments.
///
/// It is lenient, since it looks for what was meant; depth and length are bounded.
package struct LiteralReader {
    private let bytes: ArraySlice<UInt8>
    private(set) var place: Int
    private var depth = 0

    private static let deepest = 32

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    private var current: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

    /// The value of a text that is one value and nothing else.
    package static func value(of text: some Collection<UInt8>) -> ArgumentValue? {
        var reader = LiteralReader(Array(text)[...])
        guard let value = reader.value() else { return nil }
        reader.skipSpace()
        return reader.current == nil ? value : nil
    }

    mutating func skipSpace() {
        while let byte = current, byte.isSpace { place += 1 }
    }

    /// Passes a byte, and white space before it, if it comes next.
    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        skipSpace()
        guard current == UInt8(ascii: wanted) else { return false }
        place += 1
        return true
    }

    /// A name such as `find`, `maps.find` or `find-all`, as models write them with `\_` too.
    mutating func name() -> String? {
        skipSpace()
        let start = place
        guard let first = current, first.isLetter || first == UInt8(ascii: "_") else { return nil }
        var found: [UInt8] = []
        while let byte = current, place - start < 128 {
            if byte == UInt8(ascii: "\\"), place + 1 < bytes.endIndex, bytes[place + 1] == UInt8(ascii: "_") {
                place += 1
                continue
            }
            guard byte.isWordByte || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            else { break }
            found.append(byte)
            place += 1
        }
        return String(decoding: found, as: UTF8.self)
    }

    /// The next value; nil where there is none or it does not end.
    mutating func value() -> ArgumentValue? {
        skipSpace()
        guard let first = current, depth < Self.deepest else { return nil }
        depth += 1
        defer { depth -= 1 }
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return quoted(first).map { .text($0) }
        case UInt8(ascii: "["): return elements(closing: "]")
        case UInt8(ascii: "("): return elements(closing: ")")
        case UInt8(ascii: "{"): return members()
        default: return plain()
        }
    }

    /// A quoted text; a quote inside it that nothing follows which may follow a value is part of it.
    private mutating func quoted(_ quote: UInt8) -> String? {
        place += 1
        var found: [UInt8] = []
        while let byte = current {
            place += 1
            if byte == UInt8(ascii: "\\"), let next = current {
                place += 1
                switch next {
                case UInt8(ascii: "n"): found.append(10)
                case UInt8(ascii: "t"): found.append(9)
                case UInt8(ascii: "u"):
                    let digits = bytes[place..<min(place + 4, bytes.endIndex)]
                    let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
                    found.append(contentsOf: Array(String(code.map(Character.init) ?? "\u{FFFD}").utf8))
                    place += digits.count
                default: found.append(next)
                }
            } else if byte == quote, endsValue {
                return String(decoding: found, as: UTF8.self)
            } else {
                found.append(byte)
            }
        }
        return nil
    }

    private var endsValue: Bool {
        guard let next = bytes[place...].first(where: { !$0.isSpace }) else { return true }
        return [",", "]", ")", "}", ":"].contains(Unicode.Scalar(next))
    }

    private mutating func elements(closing: Unicode.Scalar) -> ArgumentValue? {
        place += 1
        var found: [ArgumentValue] = []
        while !take(closing) {
            guard let element = value() else { return nil }
            found.append(element)
            guard take(",") else { return take(closing) ? .list(found) : nil }
        }
        return .list(found)
    }

    private mutating func members() -> ArgumentValue? {
        place += 1
        var found: [ArgumentValue.Member] = []
        while !take("}") {
            guard let key = value(), take(":"), let value = value() else { return nil }
            let name: String
            switch key {
            case .text(let text), .expression(let text): name = text
            case .number(let number): name = "\(number)"
            default: return nil
            }
            found.append(ArgumentValue.Member(name: name, value: value))
            guard take(",") else { return take("}") ? .object(found) : nil }
        }
        return .object(found)
    }

    /// A number, a word or a formula: up to the next comma or bracket that is not its own.
    private mutating func plain() -> ArgumentValue? {
        let start = place
        var open = 0
        scan: while let byte = current {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["): open += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                if open == 0 { break scan }
                open -= 1
            case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: ":"), UInt8(ascii: "\n"):
                if open == 0 { break scan }
            default: break
            }
            place += 1
        }
        let word = String(decoding: bytes[start..<place].trimmed, as: UTF8.self)
        switch word {
        case "": return nil
        case "true", "True": return .truth(true)
        case "false", "False": return .truth(false)
        case "null", "None": return .null
        default: break
        }
        if let number = Double(word), number.isFinite { return .number(number) }
        return .expression(word)
    }
}
