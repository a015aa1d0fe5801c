/// The normal equations of one ridge regression, kept up to date row by row, with an intercept that is not penalised.
///
/// The order of the calls decides the last bits; the same calls give the same bits. `gram`, `moments` and `squares` are
/// the whole state: kept exactly and given back, the equations go on as if nothing had happened.
package struct RidgeEquations: Sendable, Equatable {
    /// Σ w · (1, x)(1, x)ᵀ: the intercept comes first.
    package private(set) var gram: SymmetricMatrix
    /// Σ w · y · (1, x).
    package private(set) var moments: [Double]
    /// Σ w · y².
    package private(set) var squares: Double

    /// Equations without observations.
    package init(features: Int) {
        gram = SymmetricMatrix(order: features + 1)
        moments = [Double](repeating: 0, count: features + 1)
        squares = 0
    }

    /// Equations as they were kept; nil if there is not one moment for each row of the Gram matrix, or no row at all.
    package init?(gram: SymmetricMatrix, moments: [Double], squares: Double) {
        guard gram.order == moments.count, gram.order > 0 else { return nil }
        self.gram = gram
        self.moments = moments
        self.squares = squares
    }

    /// How many features a row has.
    package var features: Int { gram.order - 1 }

    /// Σ w.
    package var weight: Double { gram[0, 0] }

    /// Takes in an observation.
    package mutating func add(_ row: some Collection<Float>, target: Double, weight: Double) {
        precondition(row.count == features, "the row has another number of features")
        let row = [1] + row.map { Double($0) }
        gram.add(outer: row, weight: weight)
        for (place, value) in row.enumerated() { moments[place] += weight * target * value }
        squares += weight * target * target
    }

    /// Takes in many observations at once, faster than one by one; the last bits may differ from that.
    package mutating func add(_ rows: DesignMatrix, targets: [Double], weights: [Double]) {
        precondition(rows.columns == features, "the rows have another number of features")
        precondition(targets.count == rows.rows && weights.count == rows.rows, "targets or weights do not fit")
        for block in rows.blocks {
            var augmented = DesignMatrix(columns: gram.order)
            for row in block { augmented.append([1] + rows[row: row]) }
            gram.add(rows: augmented, weights: Array(weights[block]))
            let pulls = block.map { weights[$0] * targets[$0] }
            for (place, sum) in augmented.sum(weights: pulls).enumerated() { moments[place] += sum }
            for (pull, row) in zip(pulls, block) { squares += pull * targets[row] }
        }
    }

    /// Takes in all that other equations took in, or takes it out again where `weight` is -1.
    package mutating func add(_ other: RidgeEquations, weight: Double = 1) {
        precondition(other.features == features, "the equations have another number of features")
        gram.add(other.gram, weight: weight)
        for place in moments.indices { moments[place] += weight * other.moments[place] }
        squares += weight * other.squares
    }

    /// Makes everything taken in so far count for less: every weight is multiplied by `factor`.
    package mutating func forget(_ factor: Double) {
        gram.scale(by: factor)
        for place in moments.indices { moments[place] *= factor }
        squares *= factor
    }

    /// The minimiser of Σ w (y − intercept − x · coefficients)² + alpha · |coefficients|².
    package func solve(alpha: Double) throws(LinearAlgebraError) -> (intercept: Double, coefficients: [Double]) {
        guard weight > 0 else { throw .noObservations }
        let solution = try CholeskyFactor(gram, ridge: alpha, unpenalised: 1).solve(moments)
        return (solution[0], Array(solution.dropFirst()))
    }
}
