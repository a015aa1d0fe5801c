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

    private init(_ path: RidgePath, _ columns: Range<Int>, _ directions: Matrix) {
        let back = directions.transposed
        let rows = { (values: [Double], width: Int) in
            Matrix(
                rows: columns.count, columns: width,
                values: Array(values[(columns.lowerBound * width)..<(columns.upperBound * width)]))
        }
        coefficients = back.multiplied(by: rows(path.coefficients.values, path.coefficients.columns))
        intercepts = back.multiplied(by: rows(path.intercepts, 1)).values
        leaveOneOut = rows(path.leaveOneOut.transposed.values, path.leaveOneOut.rows).transposed
            .multiplied(by: directions)
    }

    /// Fits alternative targets, each a list of one value a row for each model, by one decomposition of the design; the penalties
    /// tried are proportional to the weight of all rows, as the Gram matrix of standardised features is.
    static func fits(
        _ design: DesignMatrix, _ alternatives: [[[Double]]], weights: [Double]
    ) throws(TrainingError) -> [PrincipalRidge] {
        let weight = weights.reduce(0, +)
        do throws(LinearAlgebraError) {
            var directions: [Matrix] = []
            var turned: [Double] = []
            for targets in alternatives {
                let columns = Matrix(rows: targets.count, columns: design.rows, values: targets.flatMap(\.self))
                directions.append(try Self.directions(targets, weights))
                turned += directions[directions.count - 1].multiplied(by: columns).values
            }
            let targets = Matrix(rows: turned.count / max(design.rows, 1), columns: design.rows, values: turned)
            let path = try RidgePath(
                design, targets: targets.transposed, weights: weights,
                alphas: SuccessTrainer.penalties.map { $0 * weight }, choosesForEach: true)
            var first = 0
            return directions.map { directions in
                defer { first += directions.rows }
                return PrincipalRidge(path, first..<(first + directions.rows), directions)
            }
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
