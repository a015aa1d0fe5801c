import Cascade
import Checks
import Experience
import Prediction
import Statistics

/// A recorded prompt written by hand: for each model its score, its cost, what it says and whether it hedges.
struct Recorded {
    var scores: [Double]
    var costs: [Double]
    var likeness: [Int]
    var hedges: [Bool]

    func prompt(_ number: Int) -> AnsweredPrompt {
        AnsweredPrompt(
            group: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, surface: [0], scores: scores, costs: costs,
            evidence: hedges.map { hedges in
                var findings = Findings()
                findings.signals[.hedges] = hedges ? 1 : 0
                return AnswerEvidence(findings)
            }, likeness: likeness, inputTokens: 10)
    }
}

extension TrainedCascade {
    /// Learned of prompts of which nothing was known beforehand but each model's share of right answers.
    static func learned(
        _ rows: [Recorded], models: [String], mostAnswers: Int = 3, probabilities: [Double]
    ) throws -> TrainedCascade {
        try CascadeTrainer.train(
            rows.enumerated().map { $1.prompt($0) }, probabilities: rows.map { _ in probabilities }, models: models,
            mostAnswers: mostAnswers)
    }

    /// The models that the policy for a value asks of a prompt, in order.
    func calls(_ row: Recorded, value: Double, probabilities: [Double]) throws -> [String] {
        let paths = paths(of: row.prompt(1_000_003), probabilities: probabilities) ?? []
        return paths.isEmpty ? [] : paths[policy(value: value)].calls.map { models[$0] }
    }
}

/// `count` rows, each drawn from a list of kinds by its share of a hundred.
func rows(_ count: Int, _ kinds: [(share: Int, row: Recorded)]) -> [Recorded] {
    var generator = Xoshiro256(seed: 11)
    let hundred = kinds.flatMap { kind in (0..<kind.share).map { _ in kind.row } }
    return (0..<count).map { _ in hundred[generator.drawIndex(below: hundred.count)] }
}
