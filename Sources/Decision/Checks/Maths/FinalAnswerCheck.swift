import Dialogue

extension Check {
    /// Whether a final answer is found, agrees with what was computed last, and is plausible.
    static let finalAnswer = Check(name: "maths.answer", applies: { $0.prompt.tools.isEmpty && $0.toolCalls.isEmpty }) {
        answer, budget, findings in
        let text = answer.bytes
        let final = answer.final
        switch final?.form {
        case .boxed?: findings.signals[.answerBoxed] = 1
        case .member?: findings.signals[.answerMember] = 1
        case .stated?: findings.signals[.answerStated] = 1
        case .bare?: findings.signals[.answerBare] = 1
        case .implied?: findings.signals[.answerImplied] = 1
        case nil: findings.signals[.answerNotFound] = 1
        }
        guard let final else { return }
        let stated = text[final.range]
        let isChoice = answer.options != nil
        if !isChoice, final.form != .implied { describe(stated, answer.asked.text, &findings) }
        if final.form == .member || final.form == .boxed, final.stepEnd == nil {
            compareWithEnd(stated, final, text, &findings)
        }
        if !isChoice, let value = OptionValue.numbers(in: stated).last {
            let reasoning =
                switch final.form {
                case .member: text[...]
                // The last number is the last step's own.
                case .implied: text[..<final.range.upperBound]
                default: text[..<(final.stepEnd ?? final.lead)]
                }
            let read = MathsScanner.read(reasoning.suffix(MathsScanner.mostBytes))
            compareWithSteps(value, stated, final, read, answer.question.suffix(1_000), &findings)
        }
    }

    /// The logarithm of one more than eight bytes: a longer answer speaks against itself, a shorter one for itself.
    private static let usualLength = logarithm(8)

    /// What makes an answer easy or hard to get right: its length, its marks, and whether it stands in the question.
    private static func describe(
        _ stated: ArraySlice<UInt8>, _ question: ArraySlice<UInt8>, _ findings: inout Findings
    ) {
        findings.signals[.answerLength] = logarithm(Double(stated.count)) - Self.usualLength
        if stated.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "^") }) {
            findings.signals[.answerSymbols] = 1
        }
        let hasDecimals = stated.indices.dropFirst().dropLast().contains { place in
            stated[place] == UInt8(ascii: ".") && stated[place - 1].isDigit && stated[place + 1].isDigit
        }
        if hasDecimals { findings.signals[.answerDecimal] = 1 }
        if (3...200).contains(stated.count), question.index(of: Array(stated), from: question.startIndex) != nil {
            findings.signals[.answerQuoted] = 1
        }
    }

    /// Whether the answer's own text stands in the reasoning, and near its end.
    private static func compareWithEnd(
        _ stated: ArraySlice<UInt8>, _ final: FinalAnswer, _ text: [UInt8], _ findings: inout Findings
    ) {
        let wanted = Squeezed.text(stated.prefix(2_000))
        guard !wanted.isEmpty else { return }
        let before = Squeezed.text(text[..<final.lead])
        guard before.count > 30 else { return }
        let places = Squeezed.places(of: wanted, in: before)
        findings.signals[.answerReasoned] = 1
        findings.signals[.answerInReasoning] = places.isEmpty ? 0 : 1
        findings.signals[.answerRepeats] = logarithm(Double(places.count))
        findings.signals[.answerAtEnd] =
            (places.last ?? -9_999) + wanted.count > before.count - 60 - wanted.count ? 1 : 0
        if places.isEmpty {
            // In a box the same is often written another way.
            findings.add(
                Evidence(
                    "maths.answer", final.form == .member ? .fails : .unclear, strength: 0.3,
                    "its final answer does not occur in its reasoning", span: final.range))
        }
    }

    private static func compareWithSteps(
        _ value: Double, _ stated: ArraySlice<UInt8>, _ final: FinalAnswer, _ reasoning: MathsText,
        _ asked: ArraySlice<UInt8>, _ findings: inout Findings
    ) {
        findings.signals[.answerNumeric] = 1
        if let step = ComputedStep.last(in: reasoning) {
            let agrees = OptionValue.distance(step.result.value.approximate, value) < 0.005
            if agrees, step.judgement.isWrong {
                findings.signals[.answerMiscomputed] = 1
                findings.add(
                    Evidence(
                        "maths.answer", .fails, strength: 0.8,
                        "its final answer \"\(stated.quoted(30))\" comes from a step that does not hold",
                        span: final.range))
                return
            }
            if agrees {
                findings.signals[.answerIsLastStep] = 1
                findings.add(
                    Evidence("maths.answer", .passes, strength: 0.4, "its final answer is the value computed last"))
            } else if final.form != .implied, !reasoning.holds(value, after: step.range.upperBound) {
                findings.signals[.answerIsNotLastStep] = 1
                findings.add(
                    Evidence(
                        "maths.answer", .fails, strength: 0.4,
                        "its final answer \"\(stated.quoted(30))\" is not the value computed last", span: final.range))
            }
        }
        let isQuotient =
            !stated.contains(UInt8(ascii: "%"))
            && (stated.contains(UInt8(ascii: "/"))
                || stated.index(of: Array("frac".utf8), from: stated.startIndex) != nil)
        guard let reason = Plausibility.fault(of: value, isQuotient: isQuotient, asked: asked) else { return }
        findings.signals[.implausible] = 1
        findings.add(Evidence("maths.plausible", .fails, strength: 0.5, reason, span: final.range))
    }
}

extension MathsText {
    /// Whether a number of this value stands behind a place of the text.
    fileprivate func holds(_ value: Double, after place: Int) -> Bool {
        tokens.contains { token in
            guard token.range.lowerBound >= place, let number = number(of: token) else { return false }
            return OptionValue.distance(number.value.approximate, value) < 0.005
        }
    }
}
