/// What code a question asks for, as far as its words tell.
struct AskedCode: Equatable {
    /// Whether the question asks for code at all.
    private(set) var isAsked = false
    /// The function that is to be written, by the tests, the beginning or the name given.
    private(set) var function: String?
    /// How many arguments its tests give it.
    private(set) var arguments: Int?
    /// Whether the function is to give something back.
    private(set) var wantsValue = false

    /// The most bytes of a question that are read, its end, where tests and tasks stand.
    private static let mostBytes = 1 << 14

    init(_ ask: String) {
        let text = Array(ask.utf8.suffix(Self.mostBytes))
        guard Self.tasks.ranges(in: text[...], limit: 1).first != nil else { return }
        isAsked = true
        let (tested, begun) = (Self.tested(in: text), Self.begun(in: text))
        function = tested?.name ?? begun ?? Self.named(in: text)
        arguments = tested?.arguments
        wantsValue = tested != nil || Self.values.ranges(in: text[...], limit: 1).first != nil
    }

    private static let tasks = PhraseList([
        "write", "implement", "complete", "create", "define", "code", "program", "fix", "function", "your task",
        "develop",
    ])
    private static let values = PhraseList(["return", "returns", "returning"])
    private static let naming = PhraseList([
        "function named", "function called", "function name", "method named", "method called", "named", "called",
        "function",
    ])

    /// The function that `assert f(1, 2) == 3` tests, and how many arguments it gives it.
    private static func tested(in text: [UInt8]) -> (name: String, arguments: Int?)? {
        for range in PhraseList(["assert"]).ranges(in: text[...], limit: 4) {
            var rest = text[range.upperBound...].drop { $0 == 32 || $0 == UInt8(ascii: "(") }
            if rest.starts(with: "not ".utf8) { rest = rest.dropFirst(4) }
            let name = rest.prefix(while: \.isNamePart)
            let behind = rest.dropFirst(name.count)
            guard let first = name.first, !first.isDigit, behind.first == UInt8(ascii: "("),
                !["len", "set", "sorted", "list", "str", "abs", "round", "isinstance", "math", "tuple", "all", "any"]
                    .contains(String(decoding: name, as: UTF8.self))
            else { continue }
            return (String(decoding: name, as: UTF8.self), argumentCount(behind))
        }
        return nil
    }

    /// How many arguments stand in the brackets that a text begins with; nil if one is named, or they do not close.
    private static func argumentCount(_ text: ArraySlice<UInt8>) -> Int? {
        var (depth, count, hasAny, quote) = (0, 1, false, nil as UInt8?)
        var previous: UInt8 = 0
        for byte in text.prefix(2_000) {
            defer { previous = byte }
            if let open = quote {
                if byte == open, previous != UInt8(ascii: "\\") { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                hasAny = hasAny || depth > 0
                depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return hasAny ? count : 0 }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): (quote, hasAny) = (byte, true)
            case UInt8(ascii: ",") where depth == 1: count += 1
            case UInt8(ascii: "=") where depth == 1: return nil
            default: hasAny = hasAny || !byte.isSpace
            }
        }
        return nil
    }

    /// The last function whose beginning the question gives, `def f(`.
    private static func begun(in text: [UInt8]) -> String? {
        var found: String?
        for line in CodeBlock.lines(of: text) {
            let line = text[line].trimmed
            guard line.starts(with: "def ".utf8) else { continue }
            let name = line.dropFirst(4).prefix(while: \.isNamePart)
            guard line.dropFirst(4 + name.count).first == UInt8(ascii: "("), !name.starts(with: "__".utf8) else {
                continue
            }
            found = String(decoding: name, as: UTF8.self)
        }
        return found
    }

    /// The name in "a function called `f`", if it is marked as one: in backticks, with an underscore, or with a bracket.
    private static func named(in text: [UInt8]) -> String? {
        for range in naming.ranges(in: text[...]) {
            let rest = text[range.upperBound...].drop { $0 == 32 || $0 == UInt8(ascii: ":") }
            let isQuoted = rest.first.map { "`'\"".utf8.contains($0) } ?? false
            let name = rest.dropFirst(isQuoted ? 1 : 0).prefix(while: \.isNamePart)
            guard let first = name.first, !first.isDigit, name.count > 1 else { continue }
            let next = rest.dropFirst((isQuoted ? 1 : 0) + name.count).first
            if isQuoted || name.dropFirst().contains(UInt8(ascii: "_")) || next == UInt8(ascii: "(") {
                return String(decoding: name, as: UTF8.self)
            }
        }
        return nil
    }
}

extension UInt8 {
    /// Whether it may stand in the name of a function.
    var isNamePart: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}
