import Dialogue
import Embedding

extension Check {
    /// Where nothing is asked but what an expression comes to: whether the answer is that.
    static let askedValue = Check(name: "maths.asked", applies: { $0.prompt.tools.isEmpty }) {
        answer, budget, findings in
        guard answer.question.count <= AskedValue.mostBytes, let asked = AskedValue(in: answer.question) else { return }
        let text = answer.bytes
        guard let final = answer.final, let isRight = asked.isMet(by: final, in: text) else { return }
        findings.signals[isRight ? .askedValueGiven : .askedValueMissed] = 1
        findings.add(
            isRight
                ? Evidence(
                    "maths.asked", .passes, strength: 0.97, "it is what the question comes to", span: final.range)
                : Evidence(
                    "maths.asked", .fails, strength: 0.97,
                    "the question comes to \(StepsText.short(asked.value)), not to \"\(text[final.range].quoted(30))\"",
                    span: final.range))
    }
}

/// What a question comes to that asks for the value of an expression and for nothing else.
struct AskedValue {
    static let mostBytes = 400

    let value: Double

    private static let cues = WordTable(
        "what whats is s the value result answer of calculate compute evaluate simplify solve how much please find give me equal "
            + "equals to work out tell in total")

    /// Whether an answer states the value, rounded perhaps; nil where it cannot be told, as of mixed fractions.
    func isMet(by final: FinalAnswer, in text: [UInt8]) -> Bool? {
        // Of an equation its right side counts: `2 + 2 = 5`, and of a last number all that it belongs to: `8√2`.
        let start = final.form == .implied ? 0 : final.range.lowerBound
        let relation = text[start..<final.range.upperBound].lastIndex { $0 == UInt8(ascii: "=") || $0 == 0x89 }
        let answer = text[(relation ?? final.range.lowerBound - 1) + 1..<final.range.upperBound]
        let isWhole = value == value.rounded()
        let given =
            final.form == .implied ? OptionValue.numbers(in: answer).suffix(1) : OptionValue.numbers(in: answer)[...]
        if given.contains(where: { OptionValue.distance($0, value) < (isWhole ? 1e-9 : 0.005) }) { return true }
        guard given.count == 1, let only = given.first, isWhole || OptionValue.distance(only, value) > 0.05,
            isWhole || !answer.contains(UInt8(ascii: "/"))
        else { return nil }
        return false
    }

    /// nil where anything else is asked, or nothing that can be worked out.
    init?(in ask: [UInt8]) {
        guard ask.contains(where: \.isDigit) else { return nil }
        let text = MathsScanner.read(ask[...])
        let tokens = text.tokens
        func isCue(_ token: MathsToken) -> Bool {
            switch token.kind {
            case .boundary: true
            case .word:
                Word(beginning: ask[token.range]).map { $0.range == token.range && Self.cues.contains($0) } ?? false
            default: false
            }
        }
        guard let start = tokens.firstIndex(where: { !isCue($0) }) else { return nil }
        var reader = ExpressionReader(text, from: start, to: tokens.count)
        guard let found = reader.read(), found.operations > 0, !found.hasUnits else { return nil }
        // An equals sign may close the expression; then only cues may follow.
        for token in tokens[reader.place...] {
            if token.isRelation { continue }
            guard isCue(token) else { return nil }
        }
        value = found.magnitude.approximate
    }
}
