/// Numbers as options write them.
package enum OptionValue {
    /// The values of an option's numbers, fractions and powers worked out.
    package static func numbers(in text: [UInt8]) -> [Double] {
        values(of: MathsScanner.tokens(of: Array(text.prefix(200))))
    }

    /// The value of every expression, in order, at most 400 of the last.
    static func values(of tokens: [MathsToken]) -> [Double] {
        var values: [Double] = []
        var place = max(0, tokens.count - 2_000)
        while place < tokens.count {
            if case .number = tokens[place].kind {
                let isNegative = place > 0 && tokens[place - 1].kind == .minus && !follows(place - 1, tokens)
                var reader = ExpressionReader(tokens, from: place, to: min(place + 16, tokens.count))
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
