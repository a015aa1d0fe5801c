internal import LinearAlgebra

/// The regressions of one set of models: one design, and as many targets as are asked for.
struct StateDesign {
    private let rows: Matrix
    private let columns: Matrix
    private let factor: CholeskyFactor

    /// The share of the rows that the penalty counts for; it steadies what rare patterns say.
    private static let penalty = 0.002

    /// Rows of features, one after the other, each with a one before it for the intercept.
    init(_ values: [Double], features: Int) throws(LinearAlgebraError) {
        let width = features + 1
        let count = values.count / width
        rows = Matrix(rows: count, columns: width, values: values)
        columns = rows.transposed
        let products = columns.multiplied(by: rows)
        var gram = SymmetricMatrix(order: width)
        for row in 0..<width { for column in row..<width { gram[row, column] = products[row, column] } }
        factor = try CholeskyFactor(gram, ridge: Self.penalty * Double(count) + 1e-6, unpenalised: 1)
    }

    /// The weights that fit each target, one column for each.
    func fit(_ targets: Matrix) -> Matrix { factor.solve(columns.multiplied(by: targets)) }

    /// What weights say of every row, one column for each target.
    func predictions(_ weights: Matrix) -> Matrix { rows.multiplied(by: weights) }
}
