/// The weights of what is known of an answer, as the operator's outcomes teach them, starting from the shipped ones.
struct AnswerWeights: Equatable, Sendable {
    /// The fewest judged answers to learn from, and the fewest of them that are right, and that are wrong.
    static let least = 64
    static let leastOfEither = 10

    let start: ShippedStart
    /// What the regression adds to it.
    let model: EvidenceModel

    /// What the regression reads: what the shipped weights say, every signal, and the semantics.
    static func inputs(_ evidence: AnswerEvidence, _ semantics: AnswerPatterns.Signals) -> [Float] {
        evidence.values + semantics.values
    }

    /// The probability that an answer is right.
    func probability(
        _ sketch: AnswerSketch, model name: String?, prior: Double?, _ semantics: AnswerPatterns.Signals
    ) -> Double {
        let evidence = AnswerEvidence(sketch)
        return LogOdds.probability(
            model.logOdds(
                Self.inputs(evidence, semantics), offset: start.probability(sketch, model: name, prior: prior),
                within: evidence.bounds))
    }
}
