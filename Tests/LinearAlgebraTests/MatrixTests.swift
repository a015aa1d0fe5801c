import LinearAlgebra
import Testing

@Suite struct MatrixTests {
    @Test(arguments: [0, 1, 7, 8, 9, 41]) func `distances and sums of vectors are those of their elements`(count: Int) {
        let left = (0..<count).map { Float($0 * 7 % 5) }
        let right = (0..<count).map { Float($0 * 3 % 11) }
        let squares = zip(left, right).map { ($0 - $1) * ($0 - $1) }
        #expect(FloatVector.squaredDistance(left, right) == squares.reduce(0, +))
        var sum = right
        FloatVector.add(left, to: &sum)
        #expect(sum == zip(left, right).map { $0 + $1 })
    }

    @Test(arguments: [(1, 1, 1), (3, 5, 2), (6, 8, 8), (7, 300, 9), (13, 17, 33), (50, 513, 21)])
    func `a product equals its definition`(rows: Int, depth: Int, columns: Int) {
        var noise = Noise(1)
        let left = Matrix(rows: rows, columns: depth, values: noise.values(rows * depth))
        let right = Matrix(rows: depth, columns: columns, values: noise.values(depth * columns))
        let expected = (0..<rows * columns).map { place in
            (0..<depth).reduce(0) { $0 + left[place / columns, $1] * right[$1, place % columns] }
        }
        #expect(distance(left.multiplied(by: right).values, expected) < 1e-12)
        #expect(left.multiplied(by: right) == left.multiplied(byTransposeOf: right.transposed))
    }

    @Test func `a product with nothing is zero`() {
        let product = Matrix(rows: 2, columns: 0).multiplied(by: Matrix(rows: 0, columns: 3))
        #expect(product == Matrix(rows: 2, columns: 3))
    }
}

@Suite struct SymmetricMatrixTests {
    @Test(arguments: [(1, 1), (5, 3), (300, 7), (257, 40), (600, 19)])
    func `rows added at once equal their definition`(rows: Int, order: Int) {
        var noise = Noise(2)
        let design = noise.design(rows, order)
        let weights = noise.values(rows).map { abs($0) }
        var matrix = SymmetricMatrix(order: order)
        matrix.add(rows: design, weights: weights)
        for i in 0..<order {
            for j in 0..<order {
                let expected = (0..<rows).reduce(0.0) { sum, row in
                    let features = Array(design[row: row])
                    return sum + weights[row] * Double(features[i]) * Double(features[j])
                }
                #expect(abs(matrix[i, j] - expected) < 1e-11)
            }
        }
    }

    @Test func `one row at a time gives the same up to rounding, and the same calls the same bits`() {
        var noise = Noise(3)
        let design = noise.design(500, 23)
        let weights = noise.values(500)
        func build(atOnce: Bool) -> SymmetricMatrix {
            var matrix = SymmetricMatrix(order: 23)
            if atOnce {
                matrix.add(rows: design, weights: weights)
            } else {
                for row in 0..<500 { matrix.add(outer: design[row: row], weight: weights[row]) }
            }
            return matrix
        }
        #expect(distance(build(atOnce: true).packed, build(atOnce: false).packed) < 1e-11)
        #expect(build(atOnce: true) == build(atOnce: true))
        #expect(build(atOnce: false) == build(atOnce: false))
    }

    @Test func `scaling forgets, and the packed triangle is the whole state`() throws {
        var noise = Noise(4)
        var matrix = noise.gram(6, rows: 10)
        let before = matrix[1, 4]
        matrix.scale(by: 0.5)
        #expect(matrix[4, 1] == before / 2)
        #expect(try #require(SymmetricMatrix(order: 6, packed: matrix.packed)) == matrix)
        #expect(SymmetricMatrix(order: 5, packed: matrix.packed) == nil)
    }
}
