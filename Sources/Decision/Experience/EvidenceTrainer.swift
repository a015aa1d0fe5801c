package import LinearAlgebra
internal import Prediction
internal import Statistics

/// An answer as an ``EvidenceModel`` is fitted to it.
package struct EvidenceRow: Sendable {
    package var inputs: [Float]
    /// What certain findings leave of the probability.
    package var bounds: ClosedRange<Double>
    /// From 0, wrong, to 1, right.
    package var score: Double
    /// Equal for prompts that ask the same.
    package var group: UInt64
    /// How much the score counts.
    package var weight: Double
    /// What the estimate departs from: the regression learns what is left of the score.
    package var offset: Double

    package init(
        inputs: [Float], bounds: ClosedRange<Double>, score: Double, group: UInt64, weight: Double = 1,
        offset: Double = 0
    ) {
        self.inputs = inputs
        self.bounds = bounds
        self.score = score
        self.group = group
        self.weight = weight
        self.offset = offset
    }
}

/// Fits an ``EvidenceModel`` to the outcomes of answers.
package enum EvidenceTrainer {
    /// The parts of whole prompt groups that are left out in turn.
    static let parts = 5
    private static let seed: UInt64 = 7
    /// The penalties that are tried, for each answer learned from.
    package static let penalties = [0.003, 0.01, 0.03, 0.1, 0.3]

    /// The part that answers to a prompt are left out with.
    static func part(of group: UInt64) -> Int { PromptGroup.fold(group, of: parts, seed: seed) }

    /// The model, and for each answer what it says of it without having seen its prompt group.
    ///
    /// The normal equations of the parts add up, so that leaving one out is a subtraction.
    package static func train(
        _ rows: [EvidenceRow], penalties: [Double] = penalties
    ) throws(LinearAlgebraError) -> (model: EvidenceModel, heldOut: [Double]) {
        let standardisation = Standardisation(rows.map(\.inputs))
        let inputs = rows.map { standardisation($0.inputs) }
        let part = rows.map { Self.part(of: $0.group) }
        let features = inputs.first?.count ?? 0
        var total = RidgeEquations(features: features)
        var equations: [RidgeEquations] = []
        for number in 0..<parts {
            var own = RidgeEquations(features: features)
            let places = rows.indices.filter { part[$0] == number }
            var design = DesignMatrix(columns: features)
            for place in places { design.append(inputs[place]) }
            own.add(
                design, targets: places.map { rows[$0].score - rows[$0].offset },
                weights: places.map { rows[$0].weight })
            total.add(own)
            equations.append(own)
        }
        var best: (error: Double, penalty: Double, scores: [Double]) = (.infinity, 1, [])
        for penalty in penalties.map({ $0 * total.weight }) {
            let learned = try heldOut(inputs, part, total, equations, penalty: penalty)
            let scores = zip(rows, learned).map { $0.offset + $1 }
            let error = zip(rows, scores).reduce(0.0) { sum, pair in
                let miss = pair.1 - pair.0.score
                return sum + pair.0.weight * miss * miss
            }
            if error < best.error { best = (error, penalty, scores) }
        }
        let fit = try total.solve(alpha: best.penalty)
        let curve = PlattCalibration(
            scores: best.scores, outcomes: rows.map(\.score), weights: rows.map(\.weight))
        let model = EvidenceModel(
            standardisation: standardisation, weights: fit.coefficients.map { Float($0) }, intercept: fit.intercept,
            slope: curve?.slope ?? 0, height: curve?.intercept ?? 0)
        return (model, zip(best.scores, rows).map { model.bounded($0, within: $1.bounds) })
    }

    private static func heldOut(
        _ rows: [[Float]], _ part: [Int], _ total: RidgeEquations, _ equations: [RidgeEquations], penalty: Double
    ) throws(LinearAlgebraError) -> [Double] {
        var scores = [Double](repeating: 0, count: rows.count)
        for number in equations.indices {
            var others = total
            others.add(equations[number], weight: -1)
            guard others.weight > 0 else { continue }
            let fit = try others.solve(alpha: penalty)
            let weights = fit.coefficients.map { Float($0) }
            for row in rows.indices where part[row] == number {
                var sum: Float = 0
                for place in weights.indices { sum += weights[place] * rows[row][place] }
                scores[row] = fit.intercept + Double(sum)
            }
        }
        return scores
    }
}
