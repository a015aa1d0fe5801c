import LinearAlgebra
import Testing

@Suite struct RidgeTests {
    private let rows = 40
    private let columns = 6
    private let alphas = [0.01, 0.3, 2, 15, 200]

    /// A design, two targets that depend on it, and weights.
    private func problem() -> (DesignMatrix, Matrix, [Double]) {
        var noise = Noise(7)
        let design = noise.design(rows, columns)
        let targets = (0..<rows).flatMap { row -> [Double] in
            let x = design[row: row].map { Double($0) }
            return [3 + x[0] - 2 * x[3] + noise.next(), x[1] + 0.5 * noise.next()]
        }
        let weights = noise.values(rows).map { 1.2 + $0 }
        return (design, Matrix(rows: rows, columns: 2, values: targets), weights)
    }

    /// The prediction for a row by the normal equations of all others.
    private func refit(
        without row: Int, _ design: DesignMatrix, _ target: [Double], _ weights: [Double], alpha: Double
    ) throws -> Double {
        var equations = RidgeEquations(features: columns)
        for other in 0..<rows where other != row {
            equations.add(design[row: other], target: target[other], weight: weights[other])
        }
        let (intercept, coefficients) = try equations.solve(alpha: alpha)
        return zip(coefficients, design[row: row]).reduce(intercept) { $0 + $1.0 * Double($1.1) }
    }

    @Test func `leave-one-out predictions and errors equal those of refits`() throws {
        let (design, targets, weights) = problem()
        let path = try RidgePath(design, targets: targets, weights: weights, alphas: alphas)
        var sums = [Double](repeating: 0, count: alphas.count)
        for (place, alpha) in alphas.enumerated() {
            for target in 0..<2 {
                let truth = targets.column(target)
                let predictions = try (0..<rows).map {
                    try refit(without: $0, design, truth, weights, alpha: alpha)
                }
                let losses = (0..<rows).map { row in
                    let residual = truth[row] - predictions[row]
                    return weights[row] * residual * residual
                }
                let error = losses.reduce(0, +) / weights.reduce(0, +)
                sums[place] += error
                #expect(abs(path.errors[place, target] - error) < 1e-10)
                guard place == path.chosen else { continue }
                #expect(distance(path.leaveOneOut.column(target), predictions) < 1e-9)
            }
        }
        #expect(path.chosen == sums.indices.min { sums[$0] < sums[$1] })
        #expect(path.chosen > 0 && path.chosen < alphas.count - 1)
        #expect(path.alpha == alphas[path.chosen])
    }

    @Test func `with a penalty for each, a target is fitted as if it were alone`() throws {
        let (design, targets, weights) = problem()
        let alphas = [0.01, 1, 100, 10_000]
        // A target of noise alone asks for a greater penalty than one that the features explain.
        let noise = (0..<rows).map { Double($0 * 7919 % 13) }
        let both = Matrix(rows: rows, columns: 2, values: (0..<rows).flatMap { [targets[$0, 0], noise[$0]] })
        let path = try RidgePath(design, targets: both, weights: weights, alphas: alphas, choosesForEach: true)
        for target in 0..<2 {
            let own = Matrix(rows: rows, columns: 1, values: both.column(target))
            let alone = try RidgePath(design, targets: own, weights: weights, alphas: alphas)
            #expect(path.choices[target] == alone.chosen)
            #expect(distance(Array(path.coefficients[row: target]), Array(alone.coefficients[row: 0])) < 1e-9)
            #expect(distance(path.leaveOneOut.column(target), alone.leaveOneOut.column(0)) < 1e-9)
            #expect(abs(path.intercepts[target] - alone.intercepts[0]) < 1e-9)
        }
        #expect(path.choices[1] > path.choices[0])
    }

    @Test func `rows and features that were selected are fitted as a design of their own, with the same bits`() throws {
        let (design, targets, weights) = problem()
        let chosen = [3, 4, 9, 10, 12, 17, 20, 21, 22, 30, 31, 38]
        var own = DesignMatrix(columns: 4)
        for row in chosen { own.append(design[row: row].prefix(4)) }
        let some = Matrix(rows: chosen.count, columns: 2, values: chosen.flatMap { targets[row: $0] })
        let selected = design.selecting([0, 1] + chosen).prefix(columns: 4).selecting(Array(2..<14))
        let one = try RidgePath(selected, targets: some, weights: chosen.map { weights[$0] }, alphas: alphas)
        let other = try RidgePath(own, targets: some, weights: chosen.map { weights[$0] }, alphas: alphas)
        #expect(one.coefficients == other.coefficients && one.leaveOneOut == other.leaveOneOut)
        #expect(selected[row: 3] == own[row: 3])
        let products = selected.multiplied(byTransposeOf: one.coefficients)
        for row in chosen.indices {
            #expect(abs(products[row, 1] + one.intercepts[1] - one.predict(own[row: row])[1]) < 1e-12)
        }
    }

    @Test func `coefficients equal those of the normal equations, row by row and at once`() throws {
        let (design, targets, weights) = problem()
        let path = try RidgePath(design, targets: targets, weights: weights, alphas: alphas)
        for target in 0..<2 {
            var single = RidgeEquations(features: columns)
            for row in 0..<rows { single.add(design[row: row], target: targets[row, target], weight: weights[row]) }
            var batch = RidgeEquations(features: columns)
            batch.add(design, targets: targets.column(target), weights: weights)
            #expect(abs(single.squares - batch.squares) < 1e-11 && abs(single.weight - batch.weight) < 1e-12)
            for equations in [single, batch] {
                let (intercept, coefficients) = try equations.solve(alpha: path.alpha)
                #expect(abs(intercept - path.intercepts[target]) < 1e-10)
                #expect(distance(coefficients, path.coefficients[row: target]) < 1e-10)
            }
        }
        let fits = path.predict(design[row: 0])
        #expect(fits.count == 2 && abs(fits[0] - targets[0, 0]) < 2)
    }

    @Test func `more features than rows, a constant feature and rows of no weight are no trouble`() throws {
        var noise = Noise(8)
        let values = (0..<5).flatMap { _ -> [Float] in [1] + noise.values(8).map { Float($0) } }
        let design = DesignMatrix(rows: 5, columns: 9, values: values)
        let targets = Matrix(rows: 5, columns: 1, values: [1, 0, 1, 0, 7])
        let path = try RidgePath(design, targets: targets, weights: [1, 1, 1, 1, 0], alphas: [1])
        #expect(abs(path.coefficients[0, 0]) < 1e-12)
        #expect(path.leaveOneOut.values.allSatisfy { abs($0) < 3 })
        #expect(throws: LinearAlgebraError.noObservations) {
            try RidgePath(design, targets: targets, weights: [0, 0, 0, 0, 0], alphas: [1])
        }
    }

    @Test func `forgetting equals smaller weights, and kept equations go on with the same bits`() throws {
        let (design, targets, weights) = problem()
        var equations = RidgeEquations(features: columns)
        var lighter = equations
        for row in 0..<20 {
            equations.add(design[row: row], target: targets[row, 0], weight: weights[row])
            lighter.add(design[row: row], target: targets[row, 0], weight: weights[row] / 4)
        }
        equations.forget(0.25)
        #expect(equations == lighter)
        let gram = try #require(SymmetricMatrix(order: columns + 1, packed: equations.gram.packed))
        var kept = try #require(
            RidgeEquations(gram: gram, moments: equations.moments, squares: equations.squares))
        for row in 20..<rows {
            equations.add(design[row: row], target: targets[row, 0], weight: 1)
            kept.add(design[row: row], target: targets[row, 0], weight: 1)
        }
        #expect(try kept == equations && kept.solve(alpha: 1) == equations.solve(alpha: 1))
        #expect(RidgeEquations(gram: gram, moments: [1], squares: 0) == nil)
    }

    @Test func `equations of parts add up, and a part can be taken out again`() throws {
        let (design, targets, weights) = problem()
        var parts = [RidgeEquations(features: columns), RidgeEquations(features: columns)]
        var all = RidgeEquations(features: columns)
        for row in 0..<rows {
            parts[row % 2].add(design[row: row], target: targets[row, 0], weight: weights[row])
            all.add(design[row: row], target: targets[row, 0], weight: weights[row])
        }
        var sum = parts[0]
        sum.add(parts[1])
        let (one, other) = (try sum.solve(alpha: 1), try all.solve(alpha: 1))
        #expect(zip(one.coefficients, other.coefficients).allSatisfy { abs($0 - $1) < 1e-9 })
        sum.add(parts[1], weight: -1)
        let (left, first) = (try sum.solve(alpha: 1), try parts[0].solve(alpha: 1))
        #expect(zip(left.coefficients, first.coefficients).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(abs(left.intercept - first.intercept) < 1e-9)
    }

    @Test func `equations without rows have no solution`() {
        #expect(throws: LinearAlgebraError.noObservations) { try RidgeEquations(features: 2).solve(alpha: 1) }
    }
}
