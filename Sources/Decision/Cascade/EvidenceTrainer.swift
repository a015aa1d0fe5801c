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
        // What never varies has no weight, and most signals are silent in most traffic.
        let varying = standardisation.scales.indices.filter { standardisation.scales[$0] > 0 }
        var design = DesignMatrix(columns: varying.count, capacity: inputs.count)
        for input in inputs {
            let row = standardisation(input)
            design.append(varying.map { row[$0] })
        }
        let part = groups.map { PromptGroup.fold($0, of: parts, seed: seed) }
        var total = RidgeEquations(features: varying.count)
        var own: [(rows: [Int], equations: RidgeEquations)] = []
        for number in 0..<parts {
            let rows = part.indices.filter { part[$0] == number }
            var equations = RidgeEquations(features: varying.count)
            equations.add(
                design.selecting(rows), targets: rows.map { scores[$0] }, weights: rows.map { _ in 1 })
            total.add(equations)
            own.append((rows, equations))
        }
        let penalties = penalties.map { $0 * Double(inputs.count) }
        let held = try heldOut(design, total, own, penalties: penalties)
        var best = (error: Double.infinity, place: 0)
        for place in penalties.indices {
            let error = scores.indices.reduce(0) { sum, row in
                let residual = held[row, place] - scores[row]
                return sum + residual * residual
            }
            if error < best.error { best = (error, place) }
        }
        let fit = try total.solve(alpha: penalties[best.place])
        var weights = [Float](repeating: 0, count: standardisation.scales.count)
        for (place, weight) in zip(varying, fit.coefficients) { weights[place] = Float(weight) }
        let estimates = held.column(best.place)
        let curve = PlattCalibration(scores: estimates, outcomes: scores)
        let model = EvidenceModel(
            standardisation: standardisation, weights: weights, intercept: fit.intercept,
            slope: curve?.slope ?? 0, height: curve?.intercept ?? 0)
        return (model, zip(estimates, evidence).map { model.bounded($0, $1) })
    }

    /// For each row and penalty what is said by who did not see the row's part.
    private static func heldOut(
        _ design: DesignMatrix, _ total: RidgeEquations, _ parts: [(rows: [Int], equations: RidgeEquations)],
        penalties: [Double]
    ) throws(LinearAlgebraError) -> Matrix {
        var held = Matrix(rows: design.rows, columns: penalties.count)
        for part in parts {
            var others = total
            others.add(part.equations, weight: -1)
            guard others.weight > 0 else { continue }
            var fits: [(intercept: Double, coefficients: [Double])] = []
            for penalty in penalties { fits.append(try others.solve(alpha: penalty)) }
            let weights = Matrix(rows: fits.count, columns: design.columns, values: fits.flatMap(\.coefficients))
            let estimates = design.selecting(part.rows).multiplied(byTransposeOf: weights)
            for (place, row) in part.rows.enumerated() {
                for penalty in penalties.indices {
                    held[row, penalty] = fits[penalty].intercept + estimates[place, penalty]
                }
            }
        }
        return held
    }
}
