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
        // What never varies has no weight, and most signals are silent in most traffic.
        let varying = standardisation.scales.indices.filter { standardisation.scales[$0] > 0 }
        var design = DesignMatrix(columns: varying.count, capacity: rows.count)
        for row in rows {
            design.append(varying.map { standardisation(row.inputs[$0], at: $0) })
        }
        let part = rows.map { Self.part(of: $0.group) }
        var total = RidgeEquations(features: varying.count)
        var own: [(rows: [Int], equations: RidgeEquations)] = []
        for number in 0..<parts {
            let places = part.indices.filter { part[$0] == number }
            var equations = RidgeEquations(features: varying.count)
            equations.add(
                design.selecting(places), targets: places.map { rows[$0].score - rows[$0].offset },
                weights: places.map { rows[$0].weight })
            total.add(equations)
            own.append((places, equations))
        }
        let penalties = penalties.map { $0 * total.weight }
        let held = try heldOut(design, total, own, penalties: penalties)
        var best = (error: Double.infinity, place: 0)
        for place in penalties.indices {
            let error = rows.indices.reduce(0) { sum, row in
                let miss = rows[row].offset + held[row, place] - rows[row].score
                return sum + rows[row].weight * miss * miss
            }
            if error < best.error { best = (error, place) }
        }
        let fit = try total.solve(alpha: penalties[best.place])
        var weights = [Float](repeating: 0, count: standardisation.scales.count)
        for (place, weight) in zip(varying, fit.coefficients) { weights[place] = Float(weight) }
        let estimates = zip(rows, held.column(best.place)).map { $0.offset + $1 }
        let curve = PlattCalibration(scores: estimates, outcomes: rows.map(\.score), weights: rows.map(\.weight))
        let model = EvidenceModel(
            standardisation: standardisation, weights: weights, intercept: fit.intercept,
            slope: curve?.slope ?? 0, height: curve?.intercept ?? 0)
        return (model, zip(estimates, rows).map { model.bounded($0, within: $1.bounds) })
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
