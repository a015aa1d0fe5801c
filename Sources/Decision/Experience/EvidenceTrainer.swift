internal import LinearAlgebra
internal import Prediction
internal import Statistics

/// Fits an ``EvidenceModel`` to the outcomes of one model's answers.
enum EvidenceTrainer {
    /// The parts of whole prompt groups that are left out in turn.
    private static let parts = 5
    private static let seed: UInt64 = 7
    private static let penalties = [0.003, 0.01, 0.03, 0.1, 0.3]

    /// The model, and for each answer what it says of it without having seen its prompt group.
    ///
    /// The normal equations of the parts add up, so that leaving one out is a subtraction.
    static func train(
        _ inputs: [[Float]], evidence: [AnswerEvidence], scores: [Double], groups: [UInt64]
    ) throws(LinearAlgebraError) -> (model: EvidenceModel, heldOut: [Double]) {
        let standardisation = Standardisation(inputs)
        let rows = inputs.map { standardisation($0) }
        let part = groups.map { PromptGroup.fold($0, of: parts, seed: seed) }
        let features = rows.first?.count ?? 0
        var total = RidgeEquations(features: features)
        var equations: [RidgeEquations] = []
        for number in 0..<parts {
            var own = RidgeEquations(features: features)
            var design = DesignMatrix(columns: features)
            var targets: [Double] = []
            for row in rows.indices where part[row] == number {
                design.append(rows[row])
                targets.append(scores[row])
            }
            own.add(design, targets: targets, weights: [Double](repeating: 1, count: targets.count))
            total.add(own)
            equations.append(own)
        }
        var best: (error: Double, penalty: Double, scores: [Double]) = (.infinity, 1, [])
        for penalty in penalties.map({ $0 * Double(rows.count) }) {
            let held = try heldOut(rows, part, total, equations, penalty: penalty)
            let error = zip(held, scores).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            if error < best.error { best = (error, penalty, held) }
        }
        let fit = try total.solve(alpha: best.penalty)
        let curve = PlattCalibration(scores: best.scores, outcomes: scores)
        let model = EvidenceModel(
            standardisation: standardisation, weights: fit.coefficients.map { Float($0) }, intercept: fit.intercept,
            slope: curve?.slope ?? 0, height: curve?.intercept ?? 0)
        return (model, zip(best.scores, evidence).map { model.bounded($0, $1) })
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
