/// Reads text as numbers, operators and words, in plain, Markdown and LaTeX notation, in one pass.
struct MathsScanner {
    let text: ArraySlice<UInt8>
    var place: Int
    var found = MathsText()
    /// For each open brace, whether it belongs to a `\frac`'s numerator.
    private var braces: [Bool] = []
    var awaitsNumerator = false

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

    func byte(_ offset: Int = 0) -> UInt8 {
        place + offset < text.endIndex && place + offset >= text.startIndex ? text[place + offset] : 0
    }

    mutating func add(_ kind: MathsToken.Kind, _ length: Int) {
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
            } else if awaitsNumerator, current.isDigit {
                scanShortFraction()
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
            if braces.popLast() == true { scanDenominator() }
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
}
