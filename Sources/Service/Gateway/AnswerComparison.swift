internal import Catalog
internal import Checks
internal import Dialogue
internal import Ledger
internal import Routing

/// An answer as it is compared with others to the same prompt.
struct ComparedAnswer {
    let candidate: Candidate
    let answer: Answer
    /// The calibrated probability that it is right.
    let probability: Double
    let cost: Nanodollars
}

extension ComparedAnswer {
    /// At most so likely right: a check is all but certain of a fault.
    private static let surelyWrong = 0.1
    /// At least so likely right, that nothing speaks against it.
    private static let unquestioned = 0.5

    /// How it compares with the baseline's answer; which of two different ones is right only checks can tell.
    func verdict(over baseline: ComparedAnswer) -> PairRecord.Verdict {
        if candidate === baseline.candidate || says(thatOf: baseline) { return .agree }
        switch (probability, baseline.probability) {
        case (Self.unquestioned..., ...Self.surelyWrong): return .gain
        case (...Self.surelyWrong, Self.unquestioned...): return .harm
        default: return .undecided
        }
    }

    /// Whether both come to the same: the same tools called with the same arguments, or the same words.
    private func says(thatOf other: ComparedAnswer) -> Bool {
        guard answer.toolCalls.count == other.answer.toolCalls.count else { return false }
        let calls = zip(answer.toolCalls, other.answer.toolCalls)
        guard calls.allSatisfy({ $0.name == $1.name && Self.words(of: $0.arguments) == Self.words(of: $1.arguments) })
        else { return false }
        return !answer.toolCalls.isEmpty || Self.words(of: answer.text) == Self.words(of: other.answer.text)
    }

    /// Letters and digits in lower case, words parted by one space, and signs that tell numbers apart.
    private static func words(of text: String) -> [Substring] {
        text.lowercased().split { !($0.isLetter || $0.isNumber || "-+.%$€£".contains($0)) }.map { word in
            word.last == "." ? word.dropLast() : word
        }.filter { !$0.isEmpty }
    }
}
