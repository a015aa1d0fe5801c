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
    /// For each target the place in `alphas` that it is fitted with: ``chosen``, or the best of its own.
    package let choices: [Int]
    /// One row of coefficients for each target, at its choice.
    package let coefficients: Matrix
    /// One intercept for each target, at its choice.
    package let intercepts: [Double]
    /// What each row is predicted to be by a fit to all other rows, at the choices: rows × targets.
    package let leaveOneOut: Matrix

    /// The chosen penalty.
    package var alpha: Double { alphas[chosen] }

    /// Fits the targets, rows × targets.
    ///
    /// Weights are not negative and default to one; alphas are positive. With `choosesForEach` every target has the penalty that
    /// is best for it alone.
    package init(
        _ design: DesignMatrix, targets: Matrix, weights: [Double]? = nil, alphas: [Double],
        choosesForEach: Bool = false
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
        let count = targets.columns
        let choices = (0..<count).map { target in
            choosesForEach
                ? errors.column(target).indices.min { errors[$0, target] < errors[$1, target] } ?? chosen : chosen
        }
        self.choices = choices
        var rows: [[Double]] = [[Double]](repeating: [], count: count)
        for choice in Set(choices) {
            let fitted = basis.coefficients(alpha: alphas[choice])
            for target in 0..<count where choices[target] == choice { rows[target] = Array(fitted[row: target]) }
        }
        coefficients = Matrix(rows: count, columns: design.columns, values: rows.flatMap(\.self))
        intercepts = basis.intercepts(for: coefficients)
        leaveOneOut = Matrix(
            rows: design.rows, columns: count,
            values: (0..<design.rows).flatMap { row in
                (0..<count).map { predictions[row, choices[$0] * count + $0] }
            })
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
            let (own, truth) = (row * sums.count, row * targets.columns)
            for first in stride(from: 0, to: sums.count, by: max(targets.columns, 1)) {
                for target in 0..<targets.columns {
                    let residual = targets.values[truth + target] - predictions.values[own + first + target]
                    sums[first + target] += weights[row] * residual * residual
                }
            }
        }
        let weight = weights.reduce(0, +)
        return Matrix(rows: alphas, columns: targets.columns, values: sums.map { $0 / weight })
    }
}
