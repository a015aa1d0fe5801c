/// Ridge regression of several targets on one design, its penalty chosen by exact leave-one-out errors.
///
/// The intercept is not penalised. All penalties of the grid come from one eigendecomposition of the weighted, centred
/// Gram matrix: with z = (x − x̄) V, the leverage of a row is h = w (1 / Σw + Σ z² / (λ + α)), and its residual without
/// itself is r / (1 − h) (Golub, Heath and Wahba 1979; Rifkin and Lippert 2007). Features should be standardised.
package struct RidgePath: Sendable {
    /// The penalties that were tried.
    package let alphas: [Double]
    /// The weighted mean of the squared leave-one-out residuals: one row for each alpha, one column for each target.
    package let errors: Matrix
    /// The place in `alphas` whose errors, summed over the targets, are least.
    package let chosen: Int
    /// One row of coefficients for each target, at the chosen alpha.
    package let coefficients: Matrix
    /// One intercept for each target, at the chosen alpha.
    package let intercepts: [Double]
    /// What each row is predicted to be by a fit to all other rows, at the chosen alpha: rows × targets.
    package let leaveOneOut: Matrix

    /// The chosen penalty.
    package var alpha: Double { alphas[chosen] }

    /// Fits the targets, rows × targets.
    ///
    /// Weights are not negative and default to one; alphas are positive.
    package init(
        _ design: DesignMatrix, targets: Matrix, weights: [Double]? = nil, alphas: [Double]
    ) throws(LinearAlgebraError) {
        let weights = weights ?? [Double](repeating: 1, count: design.rows)
        precondition(targets.rows == design.rows && weights.count == design.rows, "targets or weights do not fit")
        precondition(!alphas.isEmpty && alphas.allSatisfy { $0 > 0 }, "every alpha is positive")
        precondition(weights.allSatisfy { $0 >= 0 }, "a weight is not negative")
        let basis = try RidgeBasis(design, targets: targets, weights: weights)
        let predictions = basis.predictions(of: design, targets: targets, weights: weights, alphas: alphas)
        let errors = Self.errors(predictions, targets: targets, weights: weights, alphas: alphas.count)
        let sums = (0..<alphas.count).map { errors[row: $0].reduce(0, +) }
        let chosen = sums.indices.min { sums[$0] < sums[$1] } ?? 0
        self.alphas = alphas
        self.errors = errors
        self.chosen = chosen
        coefficients = basis.coefficients(alpha: alphas[chosen])
        intercepts = basis.intercepts(for: coefficients)
        let count = targets.columns
        leaveOneOut = Matrix(
            rows: design.rows, columns: count,
            values: (0..<design.rows).flatMap { predictions[row: $0].dropFirst(chosen * count).prefix(count) })
    }

    /// The prediction of every target for one row of features.
    package func predict(_ row: some Collection<Float>) -> [Double] {
        precondition(row.count == coefficients.columns, "the row has another number of features")
        return intercepts.indices.map { target in
            zip(coefficients[row: target], row).reduce(intercepts[target]) { $0 + $1.0 * Double($1.1) }
        }
    }

    private static func errors(_ predictions: Matrix, targets: Matrix, weights: [Double], alphas: Int) -> Matrix {
        var sums = [Double](repeating: 0, count: alphas * targets.columns)
        for row in 0..<targets.rows {
            for place in sums.indices {
                let target = targets.values[row * targets.columns + place % targets.columns]
                let residual = target - predictions.values[row * sums.count + place]
                sums[place] += weights[row] * residual * residual
            }
        }
        let weight = weights.reduce(0, +)
        return Matrix(rows: alphas, columns: targets.columns, values: sums.map { $0 / weight })
    }
}
