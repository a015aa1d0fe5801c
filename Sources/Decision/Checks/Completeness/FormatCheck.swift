import Dialogue

extension Check {
    /// Whether the answer has the form that the prompt asks for in words.
    static let format = Check(
        name: "completeness.format", applies: { $0.prompt.tools.isEmpty && !$0.text.isEmpty }
    ) { answer, budget, findings in
        let text = answer.bytes[...].trimmed
        for format in AskedFormat.all(in: answer.request, words: answer.requestWords) {
            guard let fault = format.fault(in: text, words: answer.words(of: text.prefix(20_000))) else {
                findings.signals[.formatKept] = 1
                continue
            }
            findings.signals[.formatBroken] = 1
            findings.add(Evidence("completeness.format", .fails, strength: 0.5, fault))
        }
    }
}
