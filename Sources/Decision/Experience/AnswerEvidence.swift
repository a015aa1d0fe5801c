package import Checks
internal import Glibc

/// What the checks found in one answer, as numbers: kept where the answer itself is not.
package struct AnswerEvidence: Hashable, Sendable {
    /// The log-odds that the shipped weights give, then every signal.
    let values: [Float]
    /// How many values there are.
    static let count = 1 + Signal.allCases.count
    /// The least and the most that certain findings leave of the probability of being right.
    package let bounds: ClosedRange<Double>

    package init(_ findings: Findings) {
        self.init(findings.signals, within: RightnessModel.bounds(findings))
    }

    /// What was found in an answer of which this was kept.
    package init(_ sketch: AnswerSketch) { self.init(sketch.signals, within: sketch.bounds) }

    private init(_ signals: SignalVector, within bounds: ClosedRange<Double>) {
        values = [Float(RightnessModel.shipped.score(signals))] + signals.values.map { Float($0) }
        self.bounds = bounds
    }
}

/// Probabilities as log-odds and back.
package enum LogOdds {
    /// Of a probability, held within what a thousand outcomes could show.
    package static func of(_ probability: Double) -> Double {
        let kept = min(max(probability, 0.001), 0.999)
        return log(kept / (1 - kept))
    }

    package static func probability(_ odds: Double) -> Double { 1 / (1 + exp(-odds)) }
}
