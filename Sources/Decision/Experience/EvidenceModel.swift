internal import Prediction
internal import Statistics

/// From what is known of an answer to one number: the log-odds that it is right.
///
/// A ridge regression on the prior, the shipped weights' estimate, the checks' signals and whatever is known beside them, fitted
/// to the operator's outcomes; a logistic curve fitted on held-out predictions makes it log-odds.
package struct EvidenceModel: Equatable, Sendable {
    let standardisation: Standardisation
    let weights: [Float]
    let intercept: Double
    let slope: Double
    let height: Double

    /// The inputs of the regression.
    package static func inputs(prior: Double, _ evidence: AnswerEvidence, surface: [Float]) -> [Float] {
        [Float(LogOdds.of(prior))] + evidence.values + surface
    }

    /// Whether it reads the prior, the evidence of this release and so many surface signals.
    package func reads(surface count: Int) -> Bool { weights.count == 1 + AnswerEvidence.count + count }

    /// The log-odds that an answer is right of a model of which `prior` was expected on this prompt.
    package func logOdds(prior: Double, _ evidence: AnswerEvidence, surface: [Float]) -> Double {
        let inputs = Self.inputs(prior: prior, evidence, surface: surface)
        guard inputs.count == weights.count else { return LogOdds.of(prior) }
        return logOdds(inputs, within: evidence.bounds)
    }

    /// The log-odds of an answer with these inputs, whose estimate departs from `offset`.
    func logOdds(_ inputs: [Float], offset: Double = 0, within bounds: ClosedRange<Double>) -> Double {
        bounded(offset + score(standardisation(inputs)), within: bounds)
    }

    func score(_ standardised: [Float]) -> Double {
        var sum: Float = 0
        for place in weights.indices { sum += weights[place] * standardised[place] }
        return intercept + Double(sum)
    }

    func bounded(_ score: Double, within bounds: ClosedRange<Double>) -> Double {
        let odds = min(max(slope * score + height, LogOdds.of(0)), LogOdds.of(1))
        return min(max(odds, LogOdds.of(bounds.lowerBound)), LogOdds.of(bounds.upperBound))
    }
}
