import ExactNumbers

/// Reads text as numbers, operators and words, in plain, Markdown and LaTeX notation, in one pass.
struct MathsScanner {
    private let text: ArraySlice<UInt8>
    private var place: Int
    private var found = MathsText()
    /// For each open brace, whether it belongs to a `\frac`'s numerator.
    private var braces: [Bool] = []
    private var awaitsNumerator = false

    /// The most bytes of a text that are worth reading: each may begin a token.
    static let mostBytes = 1 << 15

    private init(_ text: ArraySlice<UInt8>) {
        self.text = text
        place = text.startIndex
    }

    static func read(_ text: ArraySlice<UInt8>) -> MathsText {
        var scanner = MathsScanner(text)
        scanner.scan()
        return scanner.found
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        place + offset < text.endIndex && place + offset >= text.startIndex ? text[place + offset] : 0
    }

    private mutating func add(_ kind: MathsToken.Kind, _ length: Int) {
        found.add(kind, place..<min(place + length, text.endIndex))
        place += length
    }

    private mutating func scan() {
        found.reserve(text.count / 3 + 2)
        skipListMark()
        while place < text.endIndex {
            let current = byte()
            if current == 10 || current == 13 {
                add(.boundary, 1)
                skipListMark()
            } else if current.isSpace {
                place += 1
            } else if current.isDigit || (current == UInt8(ascii: ".") && byte(1).isDigit) {
                scanNumber()
            } else if current.isLetter {
                scanWord()
            } else if current >= 0x80 {
                scanSymbol()
            } else {
                scanPunctuation(current)
            }
        }
        add(.boundary, 0)
    }

    /// `- `, `* ` and `12. ` at the beginning of a line.
    private mutating func skipListMark() {
        while byte() == 32 || byte() == 9 { place += 1 }
        if byte() == UInt8(ascii: "-") || byte() == UInt8(ascii: "*"), byte(1) == 32 { place += 2 }
        var digits = 0
        while digits < 3, byte(digits).isDigit { digits += 1 }
        let mark = byte(digits)
        if digits > 0, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"), byte(digits + 1) == 32 {
            place += digits + 2
        }
    }

    private mutating func scanPunctuation(_ current: UInt8) {
        switch current {
        case UInt8(ascii: "+"): add(.plus, 1)
        case UInt8(ascii: "-"): add(.minus, 1)
        case UInt8(ascii: "*"):
            if byte(1) != UInt8(ascii: "*") {
                add(.times, 1)
            } else if byte(-1).isDigit, byte(2).isDigit {
                add(.power, 2)
            } else {
                place += 2
            }
        case UInt8(ascii: "/"): add(.divided, 1)
        case UInt8(ascii: "^"): add(.power, 1)
        case UInt8(ascii: "("), UInt8(ascii: "["): add(.open, 1)
        case UInt8(ascii: ")"), UInt8(ascii: "]"): add(.close, 1)
        case UInt8(ascii: "="): add(.equals, byte(1) == UInt8(ascii: "=") ? 2 : 1)
        case UInt8(ascii: "~"): add(.nearlyEquals, byte(1) == UInt8(ascii: "=") ? 2 : 1)
        case UInt8(ascii: "!"): add(.factorial, 1)
        case UInt8(ascii: "{"):
            braces.append(awaitsNumerator)
            add(awaitsNumerator ? .fraction : .open, 1)
            awaitsNumerator = false
        case UInt8(ascii: "}"):
            add(.close, 1)
            if braces.popLast() == true, byte() == UInt8(ascii: "{") { add(.divided, 0) }
        case UInt8(ascii: "\\"): scanCommand()
        case UInt8(ascii: "$"): place += 1
        // What follows is an index or a limit, and no number to reckon with.
        case UInt8(ascii: "_"): add(.word, 1)
        case UInt8(ascii: "%"):
            place += 1
            found.takePercentSign(upTo: place)
        default: add(.boundary, 1)
        }
    }

    private mutating func scanWord() {
        var end = place
        while end < text.endIndex, text[end].isLetter || text[end].isDigit || text[end] == UInt8(ascii: "_") {
            end += 1
        }
        // Between numbers an x stands for a multiplication sign.
        if byte().lowercased == UInt8(ascii: "x"), end == place + 1, endsOperand {
            var next = end
            while next < text.endIndex, text[next] == 32 { next += 1 }
            if next < text.endIndex, text[next].isDigit || [36, 40, 46].contains(text[next]) {
                add(.times, 1)
                return
            }
        }
        let word = text[place..<end]
        if word.elementsEqual("of".utf8), endsShare { return add(.times, 2) }
        let claims = word.elementsEqual("equals".utf8) || (word.elementsEqual("is".utf8) && endsPart)
        add(claims && endsOperand && beginsValue(at: end) ? .equals : .word, end - place)
    }

    /// Whether the last tokens are a share of a number: `25% of 40`, which then is 10.
    private var endsPart: Bool {
        guard let share = found.tokens.dropLast().last, share.kind == .times else { return false }
        return text[share.range].elementsEqual("of".utf8)
    }

    /// Whether a number follows, the sign of a currency before it perhaps.
    private func beginsValue(at start: Int) -> Bool {
        var next = start
        while next < text.endIndex, text[next] == 32 || text[next] == UInt8(ascii: "$") { next += 1 }
        return next < text.endIndex && text[next].isDigit
    }

    /// Whether the last token ends a percentage or a fraction, of which there may be a share of something.
    private var endsShare: Bool {
        guard let number = found.lastNumber else { return false }
        let tokens = found.tokens
        return number.isPercent || (tokens.count > 2 && tokens[tokens.count - 2].kind == .divided)
    }

    private var endsOperand: Bool {
        switch found.tokens.last?.kind {
        case .number, .close: true
        default: false
        }
    }

    private mutating func scanCommand() {
        var end = place + 1
        while end < text.endIndex, text[end].isLetter { end += 1 }
        let name = text[place + 1..<end]
        let isPlain = name.allSatisfy { $0 >= UInt8(ascii: "a") }
        switch isPlain ? Word(beginning: name).flatMap({ Self.commands[$0] }) : nil {
        case .token(let kind)?: add(kind, end - place)
        case .fraction?:
            awaitsNumerator = true
            place = end
        case .nothing?: place = end
        // A command inside JSON text, where its backslash is written twice.
        case nil where name.isEmpty && byte(1) == UInt8(ascii: "\\") && byte(2).isLetter: place += 1
        case nil where name.isEmpty:
            place = byte(1) == UInt8(ascii: "n") ? place + 1 : min(place + 2, text.endIndex)
        // A line break written as an escape inside JSON text.
        case nil where name.first == UInt8(ascii: "n"): add(.boundary, 2)
        case nil: add(.word, end - place)
        }
    }

    private enum Command {
        case token(MathsToken.Kind), fraction, nothing
    }

    /// The commands of LaTeX that are no words.
    private static let commands: WordTable<Command> = WordTable([
        "times cdot": .token(.times), "div": .token(.divided), "sqrt": .token(.root),
        "approx simeq": .token(.nearlyEquals), "frac dfrac tfrac": .fraction,
        "left right quad qquad text mathrm mathbf boxed displaystyle": .nothing,
    ])

    private mutating func scanSymbol() {
        func next(_ one: UInt8, _ two: UInt8? = nil, _ three: UInt8? = nil) -> Bool {
            byte() == one && (two == nil || byte(1) == two) && (three == nil || byte(2) == three)
        }
        if next(0xC3, 0x97) || next(0xC2, 0xB7) {
            add(.times, 2)
        } else if next(0xC3, 0xB7) {
            add(.divided, 2)
        } else if next(0xE2, 0x88, 0x92) || next(0xE2, 0x80, 0x93) {
            add(.minus, 3)
        } else if next(0xE2, 0x89, 0x88) || next(0xE2, 0x89, 0x85) {
            add(.nearlyEquals, 3)
        } else if next(0xE2, 0x88, 0x9A) {
            add(.root, 3)
        } else if superscript() != nil {
            scanSuperscript()
        } else if next(0xE2, 0x82, 0xAC) {
            place += 3
        } else if next(0xC2, 0xA3) || next(0xC2, 0xA0) {
            place += 2
        } else {
            var end = place
            while end < text.endIndex, text[end] >= 0x80 { end += 1 }
            add(.word, end - place)
        }
    }

    /// The digit that a superscript stands for, or nil; 10 is the minus sign.
    private func superscript() -> (digit: Int, width: Int)? {
        if byte() == 0xC2 {
            switch byte(1) {
            case 0xB9: return (1, 2)
            case 0xB2: return (2, 2)
            case 0xB3: return (3, 2)
            default: return nil
            }
        }
        guard byte() == 0xE2, byte(1) == 0x81 else { return nil }
        switch byte(2) {
        case 0xB0: return (0, 3)
        case 0xB4...0xB9: return (Int(byte(2)) - 0xB0, 3)
        case 0xBB: return (10, 3)
        default: return nil
        }
    }

    private mutating func scanSuperscript() {
        let start = place
        add(.power, 0)
        var value = 0
        var isNegative = false
        while let next = superscript(), value < 1_000 {
            if next.digit == 10 { isNegative = true } else { value = value * 10 + next.digit }
            place += next.width
        }
        let number = WrittenNumber(
            value: Magnitude(Rational(isNegative ? -value : value)), unit: 1, hasFraction: false)
        found.add(number, start..<place)
    }

    private mutating func scanNumber() {
        let start = place
        var digits = Digits()
        while place < text.endIndex {
            let current = text[place]
            if current.isDigit {
                digits.add(current)
                place += 1
            } else if current == UInt8(ascii: "."), !digits.seenPoint, byte(1).isDigit {
                digits.seenPoint = true
                place += 1
            } else if current == UInt8(ascii: ","), !digits.seenPoint, byte(1).isDigit, byte(2).isDigit,
                byte(3).isDigit, !byte(4).isDigit
            {
                place += 1
            } else if current == UInt8(ascii: "{"), byte(1) == UInt8(ascii: ","), byte(2) == UInt8(ascii: "}"),
                byte(3).isDigit
            {
                place += 3
            } else {
                break
            }
        }
        if byte().lowercased == UInt8(ascii: "e") {
            let signed = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+")
            if byte(signed ? 2 : 1).isDigit {
                let isNegative = byte(1) == UInt8(ascii: "-")
                place += signed ? 2 : 1
                while byte().isDigit {
                    digits.exponent = min(digits.exponent * 10 + Int(byte() - 48), 400)
                    place += 1
                }
                if isNegative { digits.exponent = -digits.exponent }
            }
        }
        found.add(digits.number, start..<place)
    }
}
