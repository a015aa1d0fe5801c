import Dialogue

extension Check {
    /// Whether the answer is one of the options and agrees with the reasoning before it.
    static let option = Check(name: "maths.option", applies: { $0.prompt.tools.isEmpty && $0.toolCalls.isEmpty }) {
        answer, budget, findings in
        guard let options = answer.options else { return }
        findings.signals[.options] = 1
        let text = answer.bytes
        guard let final = answer.final, final.form != .implied,
            let chosen = options.chosen(by: text[final.range])
        else {
            let labels = AnswerOptions.labels(in: text.suffix(200))
            let guess = labels.last.flatMap { label in options.options.firstIndex { $0.label == label } }
            findings.signals[guess == nil ? .noOption : .optionUnstated] = 1
            findings.add(
                Evidence(
                    "maths.option", guess == nil ? .fails : .unclear, strength: guess == nil ? 0.8 : 0.3,
                    guess == nil ? "it chooses none of the options" : "it does not say clearly which option it chooses")
            )
            return
        }
        let labels = AnswerOptions.labels(in: text[final.range])
        if labels.contains(where: { $0 != labels[0] }) || final.rivals > 1 {
            findings.signals[.severalAnswers] = 1
            findings.add(
                Evidence("maths.option", .fails, strength: 0.5, "it states more than one answer", span: final.range))
        }
        findings.signals[.optionPlace] = Double(chosen) / Double(options.options.count)
        findings.signals[.optionBareStyle] = final.form == .bare && final.range.count == text[...].trimmed.count ? 0 : 1
        let reasoning = text[..<final.lead]
        guard reasoning.count > 12 else { return }
        findings.signals[.optionReasoned] = 1
        Self.compareNumbers(options, chosen, reasoning, &findings)
        let kept = reasoning.suffix(20_000)
        Self.compareWords(
            options, chosen, WordSet(answer.words(of: kept)), ending: WordSet(answer.words(of: kept.suffix(250))),
            &findings)
    }

    /// Compares the numbers of the options with those that the reasoning ends with.
    private static func compareNumbers(
        _ options: AnswerOptions, _ chosen: Int, _ reasoning: ArraySlice<UInt8>, _ findings: inout Findings
    ) {
        let values = options.options.map { OptionValue.numbers(in: $0.text) }
        guard let own = values[chosen].last, values.count(where: { !$0.isEmpty }) > values.count / 2 else { return }
        findings.signals[.numericOptions] = 1
        let read = MathsScanner.read(reasoning.suffix(MathsScanner.mostBytes))
        let mentioned = OptionValue.values(of: read)
        let last = ComputedStep.last(in: read)?.result.value.approximate ?? mentioned.last
        guard let last else { return }
        let distance = OptionValue.distance(last, own)
        let nearest = values.compactMap { numbers in numbers.map { OptionValue.distance(last, $0) }.min() }.min() ?? 9
        findings.signals[.lastStepDistance] = min(distance, 3)
        let ownDistance = values[chosen].map { OptionValue.distance(last, $0) }.min() ?? 9
        let isOwn = ownDistance < 0.02 && ownDistance <= nearest
        let appears = mentioned.suffix(12).contains { OptionValue.distance($0, own) < 0.005 }
        if isOwn {
            findings.signals[.chosenIsLastStep] = 1
            findings.add(
                Evidence("maths.option", .passes, strength: 0.4, "the option chosen has the value computed last"))
        } else if nearest < 0.02 {
            findings.signals[.otherIsLastStep] = 1
            findings.add(
                Evidence(
                    "maths.option", .fails, strength: 0.4,
                    "the value computed last is that of another option than the one chosen"))
        } else if !appears {
            findings.signals[.noOptionIsComputed] = 1
            findings.add(
                Evidence("maths.option", .fails, strength: 0.5, "no computed value is that of the option chosen"))
        }
        if appears { findings.signals[.chosenIsMentioned] = 1 }
        if mentioned.suffix(3).contains(where: { OptionValue.distance($0, own) < 0.0005 }) {
            findings.signals[.chosenIsExact] = 1
        }
    }

    /// Compares the words of the options with those of the reasoning and of its end.
    private static func compareWords(
        _ options: AnswerOptions, _ chosen: Int, _ words: WordSet, ending: WordSet, _ findings: inout Findings
    ) {
        let offered = options.options.map { WordSet(Word.all(in: $0.text)) }
        let shares = offered.map(words.share)
        let endings = offered.map(ending.share)
        let others = shares.indices.filter { $0 != chosen }
        findings.signals[.wordsShared] = shares[chosen]
        findings.signals[.wordsLead] = shares[chosen] - (others.map { shares[$0] }.max() ?? 0)
        findings.signals[.endingLead] = endings[chosen] - (others.map { endings[$0] }.max() ?? 0)
    }
}
