/// Numbers as options write them.
package enum OptionValue {
    /// The values of an option's numbers, fractions and powers worked out.
    package static func numbers(in text: ArraySlice<UInt8>) -> [Double] {
        let read = text.prefix(200)
        // Words need no calculator.
        guard read.contains(where: { $0.isDigit || $0 >= 0x80 }) else { return [] }
        return values(of: MathsScanner.read(read))
    }

    /// The value of every expression, in order, at most 400 of the last.
    static func values(of text: MathsText) -> [Double] {
        let tokens = text.tokens
        var values: [Double] = []
        var place = max(0, tokens.count - 2_000)
        while place < tokens.count {
            if tokens[place].kind == .number || tokens[place].kind == .fraction {
                let isNegative = place > 0 && tokens[place - 1].kind == .minus && !follows(place - 1, tokens)
                var reader = ExpressionReader(text, from: place, to: min(place + 16, tokens.count))
                if let value = reader.read() {
                    let percent = value.written?.isPercent == true ? 100.0 : 1
                    values.append((isNegative ? -1 : 1) * value.magnitude.approximate * percent)
                    place = max(reader.place, place + 1)
                    continue
                }
            }
            place += 1
        }
        return Array(values.suffix(400))
    }

    private static func follows(_ place: Int, _ tokens: [MathsToken]) -> Bool {
        guard place > 0 else { return false }
        switch tokens[place - 1].kind {
        case .number, .close, .word: return true
        default: return false
        }
    }

    /// The relative difference, over the larger; signs count, and so does nothing against something.
    package static func distance(_ one: Double, _ other: Double) -> Double {
        let scale = max(abs(one), abs(other))
        return scale == 0 ? 0 : abs(one - other) / scale
    }
}
