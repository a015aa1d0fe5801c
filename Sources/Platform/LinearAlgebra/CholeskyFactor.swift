private import CKernels

/// The Cholesky factor of a positive definite matrix: A = UᵀU with U upper triangular (Golub and Van Loan 2013, 4.2).
@safe
package struct CholeskyFactor: Sendable {
    /// How many rows the matrix has.
    package let order: Int
    /// U, row after row from the diagonal on.
    private let packed: [Double]

    /// Factors a matrix, of which nothing but the diagonal may first be raised by `ridge`.
    ///
    /// A pivot that has lost all of its digits counts as not positive. `unpenalised` leading diagonal elements are not
    /// raised.
    package init(
        _ matrix: SymmetricMatrix, ridge: Double = 0, unpenalised: Int = 0
    ) throws(LinearAlgebraError) {
        let order = matrix.order
        var packed = matrix.packed
        for row in unpenalised..<max(order, unpenalised) { packed[matrix.start(row)] += ridge }
        let least = (0..<order).map { packed[matrix.start($0)] * Double(order) * Double.ulpOfOne }
        guard least.allSatisfy(\.isFinite) else { throw .notFinite }
        let failed = unsafe packed.withUnsafeMutableBufferPointer { packed -> Int? in
            guard let base = packed.baseAddress else { return nil }
            for k in 0..<order {
                let row = unsafe base + matrix.start(k)
                let length = order - k
                guard unsafe row[0] > max(least[k], 0) else { return k }
                let pivot = unsafe row[0].squareRoot()
                unsafe row[0] = pivot
                for j in 1..<max(length, 1) { unsafe row[j] /= pivot }
                for j in 1..<max(length, 1) {
                    unsafe ckernels_add_scaled(-row[j], row + j, base + matrix.start(k + j), length - j)
                }
            }
            return nil
        }
        if let failed { throw .notPositiveDefinite(pivot: failed) }
        self.order = order
        self.packed = packed
    }

    /// The solution x of A x = b.
    package func solve(_ b: [Double]) -> [Double] {
        precondition(b.count == order, "the right-hand side has another length")
        var x = b
        unsafe packed.withUnsafeBufferPointer { packed in
            unsafe x.withUnsafeMutableBufferPointer { x in
                guard let base = packed.baseAddress, let x = x.baseAddress else { return }
                var row = unsafe base
                for k in 0..<order {
                    let rest = order - k - 1
                    unsafe x[k] /= row[0]
                    unsafe ckernels_add_scaled(-x[k], row + 1, x + k + 1, rest)
                    unsafe row += rest + 1
                }
                for k in (0..<order).reversed() {
                    let rest = order - k - 1
                    unsafe row -= rest + 1
                    unsafe x[k] = unsafe (x[k] - ckernels_dot(row + 1, x + k + 1, rest)) / row[0]
                }
            }
        }
        return x
    }

    /// The solution X of A X = B, column by column.
    package func solve(_ rightHandSides: Matrix) -> Matrix {
        precondition(rightHandSides.rows == order, "the right-hand sides have another length")
        let columns = (0..<rightHandSides.columns).flatMap { solve(rightHandSides.column($0)) }
        return Matrix(rows: rightHandSides.columns, columns: order, values: columns).transposed
    }
}
