import ExactNumbers

extension MathsScanner {
    /// An operator or a digit beyond ASCII.
    mutating func scanSymbol() {
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
}
