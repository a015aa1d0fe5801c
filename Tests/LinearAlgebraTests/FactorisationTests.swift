import LinearAlgebra
import Testing

@Suite struct CholeskyFactorTests {
    @Test func `a known system is solved`() throws {
        // A = [[4, 2], [2, 3]], b = [10, 9]: x = [1.5, 2].
        let matrix = try #require(SymmetricMatrix(order: 2, packed: [4, 2, 3]))
        #expect(distance(try CholeskyFactor(matrix).solve([10, 9]), [1.5, 2]) < 1e-15)
    }

    @Test(arguments: [1, 2, 9, 60]) func `the solution fulfils the equations`(order: Int) throws {
        var noise = Noise(5)
        let matrix = noise.gram(order, rows: order + 30)
        let right = Matrix(rows: order, columns: 3, values: noise.values(order * 3))
        let factor = try CholeskyFactor(matrix)
        let solution = factor.solve(right)
        #expect(distance(matrix.full.multiplied(by: solution).values, right.values) < 1e-9)
        #expect(factor.solve(right.column(1)) == solution.column(1))
    }

    @Test func `a singular or indefinite matrix is refused, and a ridge heals it`() throws {
        var singular = SymmetricMatrix(order: 3)
        singular.add(outer: [1.0, 2, 3], weight: 1)
        #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 1)) { try CholeskyFactor(singular) }
        #expect(distance(try CholeskyFactor(singular, ridge: 1).solve([15, 30, 45]), [1, 2, 3]) < 1e-12)
        var negative = SymmetricMatrix(order: 1)
        negative[0, 0] = -1
        #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 0)) { try CholeskyFactor(negative) }
        negative[0, 0] = .nan
        #expect(throws: LinearAlgebraError.notFinite) { try CholeskyFactor(negative) }
    }
}

@Suite struct SymmetricEigensystemTests {
    @Test(arguments: [1, 2, 5, 64, 100]) func `the second difference has its known eigenvalues`(order: Int) throws {
        var matrix = SymmetricMatrix(order: order)
        for i in 0..<order {
            matrix[i, i] = 2
            if i > 0 { matrix[i - 1, i] = -1 }
        }
        // 2 − 2 cos(kπ / (n + 1)) = 4 sin²(kπ / (2 (n + 1))), by Chebyshev's recurrence for the cosines.
        let expected = Self.cosines(order).map { 2 - 2 * $0 }.sorted()
        #expect(distance(try SymmetricEigensystem(matrix).values, expected) < 1e-12)
    }

    /// cos(kπ / (n + 1)) for k = 1...n, as the roots of the Chebyshev polynomial of the second kind, by bisection.
    static func cosines(_ order: Int) -> [Double] {
        func below(_ x: Double) -> Int {
            var (previous, current, changes) = (1.0, 2 * x, 0)
            if current < 0 { changes += 1 }
            for _ in 1..<max(order, 1) {
                let next = 2 * x * current - previous
                if (next < 0) != (current < 0) { changes += 1 }
                (previous, current) = (current, next)
            }
            return order - changes
        }
        return (1...order).map { rank in
            var (low, high) = (-1.0, 1.0)
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if below(middle) >= rank { high = middle } else { low = middle }
            }
            return (low + high) / 2
        }
    }

    @Test(arguments: [3, 40, 131], [true, false])
    func `vectors are orthonormal and give the matrix back`(order: Int, fullRank: Bool) throws {
        var noise = Noise(6)
        let matrix = noise.gram(order, rows: fullRank ? 2 * order : order / 2)
        let system = try SymmetricEigensystem(matrix)
        let identity = system.vectors.multiplied(byTransposeOf: system.vectors)
        #expect(distance(identity.values, (0..<order * order).map { $0 / order == $0 % order ? 1 : 0 }) < 1e-13)
        var scaled = system.vectors
        for i in 0..<order { for j in 0..<order { scaled[i, j] *= system.values[i] } }
        let back = scaled.transposed.multiplied(by: system.vectors)
        #expect(distance(back.values, matrix.full.values) < 1e-11)
        #expect(system.values == system.values.sorted())
        let largest = (0..<order).map { row in system.vectors[row: row].max { abs($0) < abs($1) } ?? 0 }
        #expect(largest.allSatisfy { $0 > 0 })
    }

    @Test func `equal, diagonal and infinite matrices are no trouble`() throws {
        var matrix = SymmetricMatrix(order: 4)
        #expect(try SymmetricEigensystem(matrix).values == [0, 0, 0, 0])
        for (i, value) in [3.0, -1, 3, 0].enumerated() { matrix[i, i] = value }
        #expect(try SymmetricEigensystem(matrix).values == [-1, 0, 3, 3])
        matrix[0, 1] = .infinity
        #expect(throws: LinearAlgebraError.notFinite) { try SymmetricEigensystem(matrix) }
        #expect(try SymmetricEigensystem(SymmetricMatrix(order: 0)).values.isEmpty)
    }
}
