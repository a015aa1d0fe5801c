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
        RightnessModel.shipped.probability(
            findings, prior: planned.expectation?.probability,
            trust: RightnessModel.trust(inOutcomes: planned.expectation?.outcomes ?? 0))
    }

    /// At most so likely right: a check is all but certain of a fault.
    private static let surelyWrong = 0.1
    /// At least so likely right, that nothing speaks against it.
    private static let unquestioned = 0.5

    /// How it compares with the baseline's answer; which of two different ones is right only checks can tell.
    func verdict(over baseline: ComparedAnswer) -> PairRecord.Verdict {
        if candidate === baseline.candidate || statement.likeness(to: baseline.statement) == .same { return .agree }
        switch (unlearned, baseline.unlearned) {
        case (Self.unquestioned..., ...Self.surelyWrong): return .gain
        case (...Self.surelyWrong, Self.unquestioned...): return .harm
        default: return .undecided
        }
    }

    private var statement: Statement { Statement(canonical: canonical, text: answer.text) }
}
