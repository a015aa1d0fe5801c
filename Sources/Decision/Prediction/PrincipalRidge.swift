internal import LinearAlgebra

/// Ridge regressions of several models' scores that share what makes prompts hard.
///
/// Scores are turned into their principal directions, the first of which is how hard a prompt is for all; each direction has the
/// penalty that is best for it, and is turned back (after the canonical ridge of Breiman and Friedman 1997). What all models
/// have in common is so learned from all, and what sets one apart is held back as far as it is noise.
struct PrincipalRidge {
    /// Models × features.
    let coefficients: Matrix
    let intercepts: [Double]
    /// Rows × models.
    let leaveOneOut: Matrix

    /// Fits targets, each a list of one value a row; the penalties tried are proportional to the weight of all rows, as the
    /// Gram matrix of standardised features is.
    init(_ design: DesignMatrix, _ targets: [[Double]], weights: [Double]) throws(TrainingError) {
        let columns = Matrix(rows: targets.count, columns: design.rows, values: targets.flatMap(\.self))
        let weight = weights.reduce(0, +)
        do throws(LinearAlgebraError) {
            let directions = try Self.directions(targets, weights)
            let path = try RidgePath(
                design, targets: directions.multiplied(by: columns).transposed, weights: weights,
                alphas: SuccessTrainer.penalties.map { $0 * weight }, choosesForEach: true)
            let back = directions.transposed
            coefficients = back.multiplied(by: path.coefficients)
            intercepts = back.multiplied(by: Matrix(rows: targets.count, columns: 1, values: path.intercepts)).values
            leaveOneOut = path.leaveOneOut.multiplied(by: directions)
        } catch {
            throw .notFinite
        }
    }

    /// One principal direction in each row.
    private static func directions(_ targets: [[Double]], _ weights: [Double]) throws(LinearAlgebraError) -> Matrix {
        let total = weights.reduce(0, +)
        let centred = targets.map { target in
            let mean = zip(target, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
            return target.map { $0 - mean }
        }
        var spread = SymmetricMatrix(order: targets.count)
        for one in targets.indices {
            for other in one..<targets.count {
                spread[one, other] = weights.indices.reduce(0) {
                    $0 + weights[$1] * centred[one][$1] * centred[other][$1]
                }
            }
        }
        return try SymmetricEigensystem(spread).vectors
    }
}
