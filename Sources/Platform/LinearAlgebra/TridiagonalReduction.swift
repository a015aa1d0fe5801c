private import CKernels

/// A = Q T Qᵀ with T tridiagonal, on its way to being diagonal.
struct TridiagonalReduction {
    /// The diagonal of T.
    var diagonal: [Double]
    /// `off[i]` joins i and i + 1; the last is zero.
    var off: [Double]
    /// Qᵀ, row after row.
    var vectors: [Double]
    let order: Int

    init(_ matrix: SymmetricMatrix) {
        order = matrix.order
        diagonal = [Double](repeating: 0, count: order)
        off = diagonal
        vectors = [Double](repeating: 0, count: order * order)
        for i in 0..<order { vectors[i * order + i] = 1 }
        var triangle = matrix
        let factors = reduce(&triangle)
        accumulate(triangle, factors)
    }

    /// Leaves the reflector of step k in row k of the triangle, right of the diagonal, and returns the factors.
    private mutating func reduce(_ triangle: inout SymmetricMatrix) -> [Double] {
        var factors = [Double](repeating: 0, count: order)
        var products = [Double](repeating: 0, count: order)
        let starts = (0..<order).map(triangle.start)
        unsafe triangle.packed.withUnsafeMutableBufferPointer { packed in
            guard let base = packed.baseAddress else { return }
            for k in 0..<order {
                let v = unsafe base + starts[k] + 1
                let count = order - k - 1
                diagonal[k] = unsafe base[starts[k]]
                guard count > 0 else { continue }
                (off[k], factors[k]) = unsafe Self.reflect(v, count)
                guard factors[k] != 0 else { continue }
                unsafe products.withUnsafeMutableBufferPointer { buffer in
                    guard let p = buffer.baseAddress else { return }
                    for i in 0..<count { unsafe p[i] = 0 }
                    for i in 0..<count {
                        let row = unsafe base + starts[k + 1 + i]
                        unsafe p[i] += unsafe ckernels_dot(row, v + i, count - i)
                        unsafe ckernels_add_scaled(v[i], row + 1, p + i + 1, count - i - 1)
                    }
                    let half = unsafe factors[k] * ckernels_dot(p, v, count) / 2
                    for i in 0..<count { unsafe p[i] = unsafe factors[k] * (p[i] - half * v[i]) }
                    for i in 0..<count {
                        let row = unsafe base + starts[k + 1 + i]
                        unsafe ckernels_add_scaled(-v[i], p + i, row, count - i)
                        unsafe ckernels_add_scaled(-p[i], v + i, row, count - i)
                    }
                }
            }
        }
        return factors
    }

    /// Turns x into v such that (1 − factor · v · vᵀ) x = (alpha, 0, ..., 0); a factor of zero leaves x as it is.
    private static func reflect(_ x: UnsafeMutablePointer<Double>, _ count: Int) -> (alpha: Double, factor: Double) {
        let first = unsafe x[0]
        let rest = unsafe ckernels_dot(x + 1, x + 1, count - 1)
        guard rest > 0x1p-960 else { return (first, 0) }
        let length = (first * first + rest).squareRoot()
        let alpha = first > 0 ? -length : length
        unsafe x[0] = first - alpha
        return unsafe (alpha, 2 / (x[0] * x[0] + rest))
    }

    /// Qᵀ, from the last reflector to the first.
    private mutating func accumulate(_ triangle: SymmetricMatrix, _ factors: [Double]) {
        unsafe triangle.packed.withUnsafeBufferPointer { packed in
            unsafe vectors.withUnsafeMutableBufferPointer { vectors in
                guard let packed = packed.baseAddress, let vectors = vectors.baseAddress else { return }
                for k in (0..<order).reversed() where factors[k] != 0 {
                    let v = unsafe packed + triangle.start(k) + 1
                    let count = order - k - 1
                    for j in (k + 1)..<order {
                        let row = unsafe vectors + j * order + k + 1
                        let share = unsafe factors[k] * ckernels_dot(row, v, count)
                        unsafe ckernels_add_scaled(-share, v, row, count)
                    }
                }
            }
        }
    }
}
