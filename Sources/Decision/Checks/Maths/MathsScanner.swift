import ExactNumbers

/// Reads text as numbers, operators and words, in plain, Markdown and LaTeX notation, in one pass.
struct MathsScanner {
    private let text: [UInt8]
    private var place = 0
    private(set) var tokens: [MathsToken] = []
    /// For each open brace, whether it belongs to a `\frac`'s numerator.
    private var braces: [Bool] = []
    private var awaitsNumerator = false

    /// The most tokens that are read.
    static let mostTokens = 200_000

    private init(_ text: [UInt8]) { self.text = text }

    static func tokens(of text: [UInt8]) -> [MathsToken] {
        var scanner = MathsScanner(text)
        scanner.scan()
        return scanner.tokens
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        place + offset < text.count && place + offset >= 0 ? text[place + offset] : 0
    }

    private mutating func add(_ kind: MathsToken.Kind, _ length: Int) {
        tokens.append(MathsToken(kind: kind, range: place..<min(place + length, text.count)))
        place += length
    }

    private mutating func scan() {
        tokens.reserveCapacity(min(text.count / 3, Self.mostTokens))
        skipListMark()
        while place < text.count, tokens.count < Self.mostTokens {
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
        case UInt8(ascii: "="): add(.equals(nearly: false), byte(1) == UInt8(ascii: "=") ? 2 : 1)
        case UInt8(ascii: "~"): add(.equals(nearly: true), byte(1) == UInt8(ascii: "=") ? 2 : 1)
        case UInt8(ascii: "!"): add(.factorial, 1)
        case UInt8(ascii: "{"):
            braces.append(awaitsNumerator)
            awaitsNumerator = false
            add(.open, 1)
        case UInt8(ascii: "}"):
            add(.close, 1)
            if braces.popLast() == true, byte() == UInt8(ascii: "{") { add(.divided, 0) }
        case UInt8(ascii: "\\"): scanCommand()
        case UInt8(ascii: "$"): place += 1
        case UInt8(ascii: "%"):
            if case .number(var number)? = tokens.last?.kind, let range = tokens.last?.range {
                number.isPercent = true
                tokens[tokens.count - 1] = MathsToken(kind: .number(number), range: range.lowerBound..<place + 1)
            }
            place += 1
        default: add(.boundary, 1)
        }
    }

    private mutating func scanWord() {
        var end = place
        while end < text.count, text[end].isLetter || text[end].isDigit || text[end] == UInt8(ascii: "_") { end += 1 }
        // Between numbers an x stands for a multiplication sign.
        if byte().lowercased == UInt8(ascii: "x"), end == place + 1, endsOperand {
            var next = end
            while next < text.count, text[next] == 32 { next += 1 }
            if next < text.count, text[next].isDigit || [36, 40, 46].contains(text[next]) {
                add(.times, 1)
                return
            }
        }
        let isOf = end == place + 2 && byte().lowercased == UInt8(ascii: "o") && byte(1) == UInt8(ascii: "f")
        add(isOf && endsShare ? .times : .word(length: end - place), end - place)
    }

    /// Whether the last token ends a percentage or a fraction, of which there may be a share of something.
    private var endsShare: Bool {
        guard case .number(let number)? = tokens.last?.kind else { return false }
        return number.isPercent || (tokens.count > 2 && tokens[tokens.count - 2].kind == .divided)
    }

    private var endsOperand: Bool {
        switch tokens.last?.kind {
        case .number, .close: true
        default: false
        }
    }

    private mutating func scanCommand() {
        var end = place + 1
        while end < text.count, text[end].isLetter { end += 1 }
        let name = text[place + 1..<end]
        func names(_ words: StaticString...) -> Bool {
            words.contains { name.elementsEqual(Array("\($0)".utf8)) }
        }
        if name.isEmpty {
            place = byte(1) == UInt8(ascii: "n") ? place + 1 : min(place + 2, text.count)
        } else if names("times", "cdot") {
            add(.times, end - place)
        } else if names("div") {
            add(.divided, end - place)
        } else if names("frac", "dfrac", "tfrac") {
            awaitsNumerator = true
            place = end
        } else if names("approx", "simeq") {
            add(.equals(nearly: true), end - place)
        } else if names("sqrt") {
            add(.root, end - place)
        } else if names("left", "right", "quad", "qquad", "text", "mathrm", "mathbf", "boxed", "displaystyle") {
            place = end
        } else if name.first == UInt8(ascii: "n") {
            // A line break written as an escape inside JSON text.
            add(.boundary, 2)
        } else {
            add(.word(length: 9), end - place)
        }
    }

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
            add(.equals(nearly: true), 3)
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
            while end < text.count, text[end] >= 0x80 { end += 1 }
            add(.word(length: end - place), end - place)
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
        tokens.append(MathsToken(kind: .number(number), range: start..<place))
    }

    private mutating func scanNumber() {
        let start = place
        var digits: [UInt8] = []
        var decimals = 0
        var seenPoint = false
        while place < text.count {
            let current = text[place]
            if current.isDigit {
                if digits.count < 40 { digits.append(current) }
                if seenPoint { decimals += 1 }
                place += 1
            } else if current == UInt8(ascii: "."), !seenPoint, byte(1).isDigit {
                seenPoint = true
                place += 1
            } else if current == UInt8(ascii: ","), !seenPoint, byte(1).isDigit, byte(2).isDigit, byte(3).isDigit,
                !byte(4).isDigit
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
        var exponent = 0
        if byte().lowercased == UInt8(ascii: "e") {
            let signed = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+")
            if byte(signed ? 2 : 1).isDigit {
                let isNegative = byte(1) == UInt8(ascii: "-")
                place += signed ? 2 : 1
                while byte().isDigit {
                    exponent = min(exponent * 10 + Int(byte() - 48), 400)
                    place += 1
                }
                if isNegative { exponent = -exponent }
            }
        }
        let number = Self.number(digits, decimals: decimals, exponent: exponent)
        tokens.append(MathsToken(kind: .number(number), range: start..<place))
    }

    private static func number(_ digits: [UInt8], decimals: Int, exponent: Int) -> WrittenNumber {
        let scale = exponent - decimals
        let whole = Int(String(decoding: digits, as: UTF8.self))
        var exact: Rational?
        if let whole, (-15...15).contains(scale) {
            let power = (0..<abs(scale)).reduce(1) { power, _ in power * 10 }
            exact = scale < 0 ? Rational(whole, over: power) : Rational(whole).times(Rational(power))
        }
        let approximate = Double("\(String(decoding: digits, as: UTF8.self))e\(scale)") ?? .nan
        return WrittenNumber(
            value: Magnitude(exact: exact, approximate: approximate), unit: Double("1e\(scale)") ?? 0,
            hasFraction: decimals > 0 || exponent != 0)
    }
}
