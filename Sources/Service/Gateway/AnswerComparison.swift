internal import Agreement
internal import Catalog
internal import Checks
internal import Dialogue
internal import Ledger
internal import Routing

/// An answer as it is compared with others to the same prompt.
struct ComparedAnswer {
    let planned: PlannedCandidate
    let answer: Answer
    /// What it says, whatever its wording.
    let canonical: CanonicalAnswer
    /// What checks found in it.
    let findings: Findings
    /// What is kept of it to learn from.
    let sketch: [UInt8]?
    /// The calibrated probability that it is right.
    let probability: Double
    let cost: Nanodollars
}

extension ComparedAnswer {
    var candidate: Candidate { planned.candidate }

    /// The probability that it is right by the shipped weights: what was learned may not decide what is learned next.
    private var unlearned: Double {
        RightnessModel.shipped.probability(findings, prior: planned.expectation?.probability)
    }

    /// At most so likely right: a check is all but certain of a fault.
    private static let surelyWrong = 0.1
    /// At least so likely right, that nothing speaks against it.
    private static let unquestioned = 0.5

    /// How it compares with the baseline's answer; which of two different ones is right only checks can tell.
    func verdict(over baseline: ComparedAnswer) -> PairRecord.Verdict {
        if candidate === baseline.candidate || says(thatOf: baseline) { return .agree }
        switch (unlearned, baseline.unlearned) {
        case (Self.unquestioned..., ...Self.surelyWrong): return .gain
        case (...Self.surelyWrong, Self.unquestioned...): return .harm
        default: return .undecided
        }
    }

    /// Whether both come to the same: equal words, or an equal call, option, number or value.
    ///
    /// Running text that only resembles another may say the opposite.
    private func says(thatOf other: ComparedAnswer) -> Bool {
        if case .prose = canonical {
            return Self.words(of: answer.text) == Self.words(of: other.answer.text)
        }
        return canonical.likeness(to: other.canonical) == .same
    }

    /// Letters and digits in lower case, words parted by one space, and signs that tell numbers apart.
    private static func words(of text: String) -> [Substring] {
        text.lowercased().split { !($0.isLetter || $0.isNumber || "-+.%$€£".contains($0)) }.map { word in
            word.last == "." ? word.dropLast() : word
        }.filter { !$0.isEmpty }
    }
}
