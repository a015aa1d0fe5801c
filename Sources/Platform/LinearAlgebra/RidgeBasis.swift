/// The eigenvectors of a weighted, centred Gram matrix, and the targets' moments along them.
struct RidgeBasis {
    private let eigensystem: SymmetricEigensystem
    /// The eigenvalues, rounding errors below zero cut off.
    private let strengths: [Double]
    private let weight: Double
    private let featureMeans: [Double]
    private let targetMeans: [Double]
    /// Features × targets, along the eigenvectors.
    private let moments: Matrix

    init(_ design: DesignMatrix, targets: Matrix, weights: [Double]) throws(LinearAlgebraError) {
        let weight = weights.reduce(0, +)
        guard weight > 0 else { throw .noObservations }
        let featureMeans = design.sum(weights: weights).map { $0 / weight }
        var targetSums = [Double](repeating: 0, count: targets.columns)
        var moments = Matrix(rows: design.columns, columns: targets.columns)
        for block in design.blocks {
            var weighted = Matrix(rows: block.count, columns: targets.columns)
            for (place, row) in block.enumerated() {
                for (target, value) in targets[row: row].enumerated() {
                    weighted[place, target] = weights[row] * value
                    targetSums[target] += weights[row] * value
                }
            }
            moments.add(transposed: design.widened(block), times: weighted)
        }
        guard targetSums.allSatisfy(\.isFinite) else { throw .notFinite }
        for feature in 0..<design.columns {
            for target in 0..<targets.columns { moments[feature, target] -= featureMeans[feature] * targetSums[target] }
        }
        var gram = SymmetricMatrix(order: design.columns)
        gram.add(rows: design, weights: weights)
        gram.add(outer: featureMeans, weight: -weight)
        eigensystem = try SymmetricEigensystem(gram)
        strengths = eigensystem.values.map { max($0, 0) }
        self.weight = weight
        self.featureMeans = featureMeans
        targetMeans = targetSums.map { $0 / weight }
        self.moments = eigensystem.vectors.multiplied(by: moments)
    }

    /// Targets × features.
    func coefficients(alpha: Double) -> Matrix {
        shrunk(alphas: [alpha]).transposed.multiplied(by: eigensystem.vectors)
    }

    func intercepts(for coefficients: Matrix) -> [Double] {
        targetMeans.indices.map { target in
            zip(coefficients[row: target], featureMeans).reduce(targetMeans[target]) { $0 - $1.0 * $1.1 }
        }
    }

    /// Leave-one-out predictions: a row for each observation, in it the targets for each alpha in turn.
    func predictions(of design: DesignMatrix, targets: Matrix, weights: [Double], alphas: [Double]) -> Matrix {
        let slopes = shrunk(alphas: alphas)
        let inverses = Matrix(
            rows: alphas.count, columns: design.columns,
            values: alphas.flatMap { alpha in strengths.map { 1 / ($0 + alpha) } })
        // Turned once, since each block of rows reads it row after row.
        let directions = eigensystem.vectors.transposed
        let centre = Matrix(rows: 1, columns: design.columns, values: featureMeans).multiplied(by: directions).values
        let count = targetMeans.count
        var result: [Double] = []
        result.reserveCapacity(design.rows * slopes.columns)
        for block in design.blocks {
            var scores = design.widened(block).multiplied(by: directions)
            scores.subtract(fromEachRow: centre)
            let fits = scores.multiplied(by: slopes)
            scores.square()
            let spreads = scores.multiplied(byTransposeOf: inverses)
            for (place, row) in block.enumerated() {
                for alpha in alphas.indices {
                    // A row that decides its own fit has leverage one, and nothing is known of it without itself.
                    let leverage = min(weights[row] * (1 / weight + spreads[place, alpha]), 1 - 0x1p-40)
                    let (own, truth) = (place * slopes.columns + alpha * count, row * count)
                    for target in 0..<count {
                        let value = targets.values[truth + target]
                        let fit = targetMeans[target] + fits.values[own + target]
                        result.append(value - (value - fit) / (1 - leverage))
                    }
                }
            }
        }
        return Matrix(rows: design.rows, columns: slopes.columns, values: result)
    }

    /// Coefficients along the eigenvectors: features × (targets for each alpha in turn).
    private func shrunk(alphas: [Double]) -> Matrix {
        let values = strengths.enumerated().flatMap { feature, strength in
            alphas.flatMap { alpha in moments[row: feature].map { $0 / (strength + alpha) } }
        }
        return Matrix(rows: strengths.count, columns: alphas.count * moments.columns, values: values)
    }
}
