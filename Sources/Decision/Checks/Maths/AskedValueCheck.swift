import Dialogue

extension Check {
    /// Where nothing is asked but what an expression comes to: whether the answer is that.
    static let askedValue = Check(name: "maths.asked", applies: { $0.prompt.tools.isEmpty }) {
        answer, budget, findings in
        guard answer.question.count <= AskedValue.mostBytes, let asked = AskedValue(in: answer.question) else { return }
        let text = answer.bytes
        guard let final = answer.final, let isRight = asked.isMet(by: text[final.range]) else { return }
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
    func isMet(by answer: ArraySlice<UInt8>) -> Bool? {
        let isWhole = value == value.rounded()
        let given = OptionValue.numbers(in: answer)
        if given.contains(where: { OptionValue.distance($0, value) < (isWhole ? 1e-9 : 0.005) }) { return true }
        guard given.count == 1, isWhole || OptionValue.distance(given[0], value) > 0.05,
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
