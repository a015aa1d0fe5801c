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
        var inputs: [Float] = []
        inputs.reserveCapacity(1 + evidence.values.count + surface.count)
        inputs.append(Float(LogOdds.of(prior)))
        inputs += evidence.values
        inputs += surface
        return inputs
    }

    /// Whether it reads the prior, the evidence of this release and so many surface signals.
    package func reads(surface count: Int) -> Bool { weights.count == 1 + AnswerEvidence.count + count }

    /// The log-odds that an answer is right of a model of which `prior` was expected on this prompt.
    package func logOdds(prior: Double, _ evidence: AnswerEvidence, surface: [Float]) -> Double {
        guard 1 + evidence.values.count + surface.count == weights.count else { return LogOdds.of(prior) }
        // The order of the inputs, without a list of them.
        var sum = part(of: Float(LogOdds.of(prior)), at: 0)
        for (place, value) in evidence.values.enumerated() { sum += part(of: value, at: 1 + place) }
        let start = 1 + evidence.values.count
        for (place, value) in surface.enumerated() { sum += part(of: value, at: start + place) }
        return bounded(intercept + Double(sum), within: evidence.bounds)
    }

    /// The log-odds of an answer with these inputs, whose estimate departs from `offset`.
    func logOdds(_ inputs: [Float], offset: Double = 0, within bounds: ClosedRange<Double>) -> Double {
        bounded(offset + score(standardisation(inputs)), within: bounds)
    }

    /// What the input at a place adds; most have no weight, since they never varied.
    private func part(of value: Float, at place: Int) -> Float {
        weights[place] == 0 ? 0 : weights[place] * standardisation(value, at: place)
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
