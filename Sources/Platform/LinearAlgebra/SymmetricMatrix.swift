private import CKernels

/// A symmetric matrix of doubles, kept as its upper triangle, row after row.
///
/// The same calls in the same order give the same bits, on every x86-64 processor.
package struct SymmetricMatrix: Sendable, Equatable {
    /// How many rows, and columns, there are.
    package let order: Int
    /// The upper triangle, row after row: order · (order + 1) / 2 values.
    package internal(set) var packed: [Double]

    /// A matrix of zeros.
    package init(order: Int) {
        precondition(order >= 0, "an order is not negative")
        self.order = order
        packed = [Double](repeating: 0, count: order * (order + 1) / 2)
    }

    /// A matrix with this upper triangle, row after row; nil if that is not order · (order + 1) / 2 values.
    package init?(order: Int, packed: [Double]) {
        guard order >= 0, packed.count == order * (order + 1) / 2 else { return nil }
        self.order = order
        self.packed = packed
    }

    /// Where the diagonal element of a row lies; the rest of the row's upper part follows it.
    func start(_ row: Int) -> Int { row * (2 * order - row + 1) / 2 }

    /// The value in a row and a column, and at the same time of its mirror image.
    package subscript(row: Int, column: Int) -> Double {
        get { packed[index(row, column)] }
        set { packed[index(row, column)] = newValue }
    }

    /// Adds weight · row · rowᵀ.
    package mutating func add(outer row: [Double], weight: Double) {
        precondition(row.count == order, "the row has another length")
        unsafe packed.withUnsafeMutableBufferPointer { packed in
            unsafe row.withUnsafeBufferPointer { row in
                guard var out = packed.baseAddress, let values = row.baseAddress else { return }
                for i in 0..<order {
                    unsafe ckernels_add_scaled(weight * values[i], values + i, out, order - i)
                    unsafe out += order - i
                }
            }
        }
    }

    /// Adds weight · row · rowᵀ.
    package mutating func add(outer row: some Collection<Float>, weight: Double) {
        add(outer: row.map { Double($0) }, weight: weight)
    }

    /// Adds the sum of weight · row · rowᵀ over many rows, in double precision throughout.
    ///
    /// Faster than row by row; the last bits may differ from it. Each row needs one weight.
    package mutating func add(rows: DesignMatrix, weights: [Double]) {
        precondition(rows.columns == order && weights.count == rows.rows, "the rows or the weights do not fit")
        var scratch = [Double](repeating: 0, count: min(rows.rows, 256) * order)
        for block in rows.blocks {
            let weights = Array(weights[block])
            unsafe rows.withRows(block) { values in
                unsafe ckernels_gram(values, weights, block.count, order, &scratch, &packed)
            }
        }
    }

    /// Adds weight · another matrix of the same order.
    package mutating func add(_ other: SymmetricMatrix, weight: Double) {
        precondition(other.order == order, "the matrix has another order")
        for place in packed.indices { packed[place] += weight * other.packed[place] }
    }

    /// Multiplies every value.
    package mutating func scale(by factor: Double) {
        for i in packed.indices { packed[i] *= factor }
    }

    private func index(_ row: Int, _ column: Int) -> Int {
        let (low, high) = row < column ? (row, column) : (column, row)
        precondition(low >= 0 && high < order, "no such row or column")
        return start(low) + high - low
    }
}
