private import CKernels

/// The eigenvalues and orthonormal eigenvectors of a symmetric matrix.
///
/// Householder tridiagonalisation, then the implicit QL iteration (Golub and Van Loan 2013, 8.3; Dubrulle, Martin and
/// Wilkinson 1968), written so that every inner loop runs along a row.
package struct SymmetricEigensystem: Sendable {
    /// The eigenvalues, least first.
    package let values: [Double]
    /// One eigenvector in each row, in the order of the values; the largest component in magnitude is positive.
    package let vectors: Matrix

    /// Decomposes a matrix; throws if a value is not finite.
    package init(_ matrix: SymmetricMatrix) throws(LinearAlgebraError) {
        guard matrix.packed.allSatisfy(\.isFinite) else { throw .notFinite }
        let order = matrix.order
        var reduced = TridiagonalReduction(matrix)
        try reduced.diagonalise()
        let ranks = (0..<order).sorted { (reduced.diagonal[$0], $0) < (reduced.diagonal[$1], $1) }
        values = ranks.map { reduced.diagonal[$0] }
        var sorted: [Double] = []
        sorted.reserveCapacity(order * order)
        for rank in ranks {
            let row = reduced.vectors[(rank * order)..<((rank + 1) * order)]
            let largest = row.max { abs($0) < abs($1) } ?? 0
            if largest < 0 { sorted.append(contentsOf: row.lazy.map { -$0 }) } else { sorted.append(contentsOf: row) }
        }
        vectors = Matrix(rows: order, columns: order, values: sorted)
    }
}

extension TridiagonalReduction {
    /// Brings T to diagonal form and turns the rows of `vectors` into its eigenvectors.
    mutating func diagonalise() throws(LinearAlgebraError) {
        // An error of this size is made by the reduction already; without it a matrix of low rank, whose last diagonal entries
        // are all but zero, would never be split.
        let negligible = Double.ulpOfOne * (zip(diagonal, off).map { abs($0) + abs($1) }.max() ?? 0)
        for l in 0..<order {
            var sweeps = 0
            while true {
                let end = firstSplit(from: l, negligible)
                if end == l { break }
                sweeps += 1
                if sweeps > 60 { throw .noConvergence }
                sweep(l, end)
            }
        }
    }

    /// The first index, from l on, whose link to the next is negligible.
    private func firstSplit(from l: Int, _ negligible: Double) -> Int {
        for m in l..<(order - 1) {
            let size = abs(diagonal[m]) + abs(diagonal[m + 1])
            if abs(off[m]) <= max(Double.ulpOfOne * size, negligible) { return m }
        }
        return order - 1
    }

    /// One implicit QL step with Wilkinson's shift on l...end.
    private mutating func sweep(_ l: Int, _ end: Int) {
        let slope = (diagonal[l + 1] - diagonal[l]) / (2 * off[l])
        let root = length(slope, 1)
        var g = diagonal[end] - diagonal[l] + off[l] / (slope + (slope < 0 ? -root : root))
        var (sine, cosine, shift) = (1.0, 1.0, 0.0)
        for i in (l..<end).reversed() {
            let f = sine * off[i]
            let b = cosine * off[i]
            let r = length(f, g)
            off[i + 1] = r
            if r == 0 {
                diagonal[i + 1] -= shift
                off[end] = 0
                return
            }
            (sine, cosine) = (f / r, g / r)
            g = diagonal[i + 1] - shift
            let bulge = (diagonal[i] - g) * sine + 2 * cosine * b
            shift = sine * bulge
            diagonal[i + 1] = g + shift
            g = cosine * bulge - b
            unsafe vectors.withUnsafeMutableBufferPointer { vectors in
                guard let row = vectors.baseAddress else { return }
                unsafe ckernels_rotate(row + i * order, row + (i + 1) * order, cosine, sine, order)
            }
        }
        diagonal[l] -= shift
        off[l] = g
        off[end] = 0
    }

    /// √(x² + y²) without overflow and, unlike the C library's, with the same bits everywhere.
    private func length(_ x: Double, _ y: Double) -> Double {
        let (low, high) = abs(x) < abs(y) ? (abs(x), abs(y)) : (abs(y), abs(x))
        guard high > 0 else { return 0 }
        let ratio = low / high
        return high * (1 + ratio * ratio).squareRoot()
    }
}
