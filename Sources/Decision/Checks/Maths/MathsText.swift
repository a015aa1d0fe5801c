/// A text as a calculator reads it.
struct MathsText: Sendable {
    private(set) var tokens: [MathsToken] = []
    private(set) var numbers: [WrittenNumber] = []

    /// The number that a token is.
    func number(of token: MathsToken) -> WrittenNumber? { token.kind == .number ? numbers[token.number] : nil }

    var lastNumber: WrittenNumber? { tokens.last.flatMap(number) }

    mutating func reserve(_ count: Int) { tokens.reserveCapacity(count) }

    mutating func add(_ kind: MathsToken.Kind, _ range: Range<Int>) {
        tokens.append(MathsToken(kind: kind, range: range))
    }

    mutating func add(_ number: WrittenNumber, _ range: Range<Int>) {
        tokens.append(MathsToken(kind: .number, range: range, number: numbers.count))
        numbers.append(number)
    }

    /// Makes a percentage of the number that the last token is, up to the sign's end.
    mutating func takePercentSign(upTo end: Int) {
        guard let last = tokens.last, last.kind == .number else { return }
        numbers[last.number].isPercent = true
        tokens[tokens.count - 1] = MathsToken(
            kind: .number, range: last.range.lowerBound..<end, number: last.number)
    }
}
