extension MathsScanner {
    /// A number with its thousands grouped as English, LaTeX, French or Swiss have it, and with an exponent.
    mutating func scanNumber() {
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
            } else if !digits.seenPoint, text[start] != UInt8(ascii: "0"), let width = groupMark,
                byte(width).isDigit, byte(width + 1).isDigit, byte(width + 2).isDigit, !byte(width + 3).isDigit
            {
                place += width
            } else {
                break
            }
        }
        if isNotation { return skipNotation(from: start) }
        scanExponent(&digits)
        found.add(digits.number, start..<place)
    }

    /// The width of a mark that may stand between groups of three digits; nil for any other.
    private var groupMark: Int? {
        switch (byte(), byte(1), byte(2)) {
        case (UInt8(ascii: ","), _, _), (UInt8(ascii: "'"), _, _): 1
        case (UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: "}")): 3
        case (UInt8(ascii: "\\"), UInt8(ascii: ","), _), (0xC2, 0xA0, _): 2
        // Thin spaces.
        case (0xE2, 0x80, 0x89), (0xE2, 0x80, 0xAF): 3
        default: nil
        }
    }

    /// Whether the digits read are no number by themselves: `0,125`, `1,2,3`, `101_2`.
    private var isNotation: Bool {
        byte() == UInt8(ascii: "_") || (byte() == UInt8(ascii: ",") && byte(1).isDigit)
    }

    /// Passes digits that may be a decimal number, a list or a number of another base: nothing to reckon with.
    private mutating func skipNotation(from start: Int) {
        while byte().isDigit || ((byte() == UInt8(ascii: ",") || byte() == UInt8(ascii: ".")) && byte(1).isDigit) {
            place += 1
        }
        found.add(.word, start..<place)
    }

    private mutating func scanExponent(_ digits: inout Digits) {
        guard byte().lowercased == UInt8(ascii: "e") else { return }
        let isSigned = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+")
        guard byte(isSigned ? 2 : 1).isDigit else { return }
        let isNegative = byte(1) == UInt8(ascii: "-")
        place += isSigned ? 2 : 1
        while byte().isDigit {
            digits.exponent = min(digits.exponent * 10 + Int(byte() - 48), 400)
            place += 1
        }
        if isNegative { digits.exponent = -digits.exponent }
    }
}
