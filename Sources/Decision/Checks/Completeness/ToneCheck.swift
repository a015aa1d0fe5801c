import Dialogue

extension Check {
    /// Refusals, hedges, corrections of itself, and approximations.
    static let tone = Check(name: "completeness.tone", applies: { $0.prompt.tools.isEmpty && !$0.text.isEmpty }) {
        answer, budget, findings in
        let text = answer.bytes
        let begun = Phrases.book.beginnings(among: answer.words)
        if let refusal = Phrases.book.ranges(of: Phrases.refusals, in: text.prefix(400), among: begun, limit: 1).first {
            findings.signals[.refusal] = 1
            findings.add(
                Evidence("completeness.refusal", .fails, strength: 0.8, "it declines to answer", span: refusal))
        }
        // A short answer that says so, and no more, leaves the question open.
        if text[...].trimmed.count < 240,
            let end = Phrases.book.ranges(of: Phrases.ignorance, in: text[...], among: begun, limit: 1).first
        {
            findings.signals[.noAnswer] = 1
            findings.add(
                Evidence("completeness.refusal", .fails, strength: 0.9, "it says that it does not know", span: end))
        }
        let end = text.suffix(300)
        findings.signals[.hedgedEnd] = logarithm(
            Double(Phrases.doubts.ranges(in: end, words: answer.words(of: end)).count))
        for (place, (_, signal, name, reason)) in Phrases.counted.enumerated() {
            let found = Phrases.book.ranges(of: place, in: text[...], among: begun)
            findings.signals[signal] = logarithm(Double(found.count))
            guard let last = found.last else { continue }
            findings.add(
                Evidence(
                    name, .unclear, strength: min(0.6, 0.15 * Double(found.count)),
                    "\(reason): \"\(text[last].quoted())\"", span: last))
        }
    }
}

/// The words by which an answer shows how sure it is.
private enum Phrases {
    /// The lists of ``counted`` first, in their order.
    static let book = PhraseBook(counted.map(\.0) + [refusing, ignoring])
    static let (refusals, ignorance) = (counted.count, counted.count + 1)

    private static let refusing = PhraseList([
        "i'm sorry, but", "i am sorry, but", "i apologize, but", "i cannot", "i can't", "i can not", "i am unable",
        "i'm unable", "i'm not able to", "i am not able to", "as an ai", "i do not have access", "i don't have access",
        "i must decline", "i won't be able", "cannot be determined", "unable to determine", "i do not have enough",
        "i don't have enough",
    ])

    private static let ignoring = PhraseList([
        "i do not know", "i don't know", "i dont know", "i have no idea", "i'm not sure what", "i am not sure what",
        "i cannot answer", "i can't answer", "i can't help with that", "i cannot help with that",
        "i'm unable to help", "i am unable to help", "i cannot assist", "i can't assist",
    ])

    static let counted: [(PhraseList, Signal, String, String)] = [
        (hedges, .hedges, "completeness.hedging", "it hedges"),
        (corrections, .corrections, "completeness.correction", "it corrects itself"),
        (misfits, .misfits, "completeness.misfit", "its result does not quite fit"),
        (assumptions, .assumptions, "completeness.assumption", "it assumes something"),
    ]

    static let doubts = PhraseList([
        "might", "may", "could", "likely", "closest", "approximately", "possib*", "seem*", "appear*", "assum*",
        "however", "but", "although",
    ])

    private static let hedges = PhraseList([
        "perhaps", "maybe", "might", "possibly", "probably", "likely", "i think", "i believe", "i guess", "not sure",
        "unclear", "it seems", "seems to", "appears to", "it is possible", "could be", "it is difficult", "uncertain",
        "most likely", "it depends", "it's hard to say", "without more information", "without further",
        "not enough information",
        "insufficient information",
    ])
    private static let corrections = PhraseList([
        "wait", "actually", "let me re*", "let's re*", "correction", "i made a mistake", "i made an error", "mistake",
        "however", "on second thought", "scratch that", "sorry", "apolog*", "oops", "hmm", "re-evaluat*", "recheck*",
        "recalculat*", "incorrect", "try again", "there seems to be", "there must be", "error in",
    ])
    private static let misfits = PhraseList([
        "closest", "nearest", "none of the", "not listed", "not among", "does not match", "doesn't match",
        "do not match", "don't match", "not one of the", "not in the options", "not provided", "best matches",
        "closest to", "no option", "not exactly", "slightly different", "rounding", "best option", "best answer",
        "by elimination", "we can guess", "not given",
    ])
    private static let assumptions = PhraseList([
        "assume", "assuming", "assumption*", "suppose", "approximately", "roughly", "about", "estimate*", "typically",
        "generally", "wikipedia", "usually",
    ])
}
