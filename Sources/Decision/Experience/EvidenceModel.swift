internal import Prediction
internal import Statistics

/// From what is known of one model's answer to one number: the log-odds that it is right.
///
/// A ridge regression on the prior, the shipped weights' estimate, the checks' signals and the prompt's surface, fitted to the
/// operator's outcomes of that model; a logistic curve fitted on held-out predictions makes it log-odds.
package struct EvidenceModel: Equatable, Sendable {
    let standardisation: Standardisation
    let weights: [Float]
    let intercept: Double
    let slope: Double
    let height: Double

    /// The inputs of the regression.
    static func inputs(prior: Double, _ evidence: AnswerEvidence, surface: [Float]) -> [Float] {
        [Float(LogOdds.of(prior))] + evidence.values + surface
    }

    /// The log-odds that an answer is right of a model of which `prior` was expected on this prompt.
    package func logOdds(prior: Double, _ evidence: AnswerEvidence, surface: [Float]) -> Double {
        let inputs = Self.inputs(prior: prior, evidence, surface: surface)
        guard inputs.count == weights.count else { return LogOdds.of(prior) }
        return bounded(score(standardisation(inputs)), evidence)
    }

    func score(_ standardised: [Float]) -> Double {
        var sum: Float = 0
        for place in weights.indices { sum += weights[place] * standardised[place] }
        return intercept + Double(sum)
    }

    func bounded(_ score: Double, _ evidence: AnswerEvidence) -> Double {
        let odds = min(max(slope * score + height, LogOdds.of(0)), LogOdds.of(1))
        return min(max(odds, LogOdds.of(evidence.bounds.lowerBound)), LogOdds.of(evidence.bounds.upperBound))
    }
}
