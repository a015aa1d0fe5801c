import Dialogue
import Embedding
private import Glibc

extension Check {
    /// What the question demands, and whether the answer speaks of what it says.
    static let ask = Check(name: "semantics.ask", applies: { $0.prompt.tools.isEmpty && !$0.text.isEmpty }) {
        answer, budget, findings in
        let question = answer.asked.text
        let numbers = NumberSet(question)
        findings.signals[.askLength] = log((1 + Double(question.count)) / AskFit.usualBytes)
        findings.signals[.askNumbers] = log((1 + Double(numbers.count)) / AskFit.usualNumbers)
        // A letter or a number says nothing of what it was found from.
        guard answer.bytes.count > 40 else { return }
        let fit = AskFit(answer.askedWords, answer.words, numbers, answer.bytes.prefix(MathsScanner.mostBytes))
        findings.signals[.askCovered] = fit.covered
        findings.signals[.numbersUnused] = logarithm(Double(fit.unused))
        if fit.unused >= 2, 2 * fit.unused > numbers.count {
            findings.add(
                Evidence(
                    "semantics.ask", .unclear, strength: 0.2,
                    "\(fit.unused) of the question's \(numbers.count) numbers do not occur in it"))
        }
        if fit.content >= 5, fit.covered < 0.15 {
            findings.add(
                Evidence("semantics.ask", .unclear, strength: 0.3, "it has hardly a word of what was asked"))
        }
    }
}

/// How much of a question an answer takes up.
private struct AskFit {
    /// The content words of the question, each once, by their beginnings.
    let content: Int
    /// The share of them that occur in the answer.
    let covered: Double
    /// The numbers of the question that do not.
    let unused: Int

    /// About what is usual of a question: demand is measured from there.
    static let usualBytes = 150.0
    static let usualNumbers = 3.0

    private static let common = WordTable(
        "that this from with what which were where when have will would could should does than then they them their "
            + "there these those your into each some such only also more most about following given using find")

    init(
        _ question: ArraySlice<Word>, _ words: [Word], _ numbers: NumberSet, _ text: ArraySlice<UInt8>
    ) {
        let (common, question, words) = (Self.common, question.span, words.span)
        var asked = HashSet(room: question.count)
        for place in question.indices where question[place].isLong && !common.contains(question[place]) {
            asked.insert(Self.beginning(of: question[place]))
        }
        var found = HashSet(room: asked.count)
        for place in words.indices where words[place].isLong {
            let beginning = Self.beginning(of: words[place])
            if asked.contains(beginning) { found.insert(beginning) }
        }
        content = asked.count
        covered = content == 0 ? 0 : Double(found.count) / Double(content)
        unused = numbers.count == 0 ? 0 : NumberSet(text).missing(of: numbers)
    }

    /// Four letters, so that `apples` is found in `apple`.
    private static func beginning(of word: Word) -> UInt64 { word.head & 0xFFFF_FFFF }
}

extension Word {
    /// Whether it has more than three bytes, as what speaks of something mostly does.
    @inline(__always)
    fileprivate var isLong: Bool { head >> 24 != 0 }
}
