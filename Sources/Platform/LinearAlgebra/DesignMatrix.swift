private import CKernels

/// The observations of a regression: one row each, one column for each feature, in single precision.
package struct DesignMatrix: Sendable {
    /// How many observations there are.
    package private(set) var rows: Int
    /// How many features each has.
    package let columns: Int
    /// What is kept, row after row; rows may be longer than the features that count.
    private var values: [Float]
    private let stride: Int
    /// Which of the kept rows the observations are; nil where they are all of them.
    private var selection: [Int]?

    /// A design of these values, row after row; there must be `rows` times `columns` of them.
    package init(rows: Int, columns: Int, values: [Float]) {
        precondition(rows >= 0 && columns >= 0 && values.count == rows * columns, "the values do not fill the matrix")
        self.rows = rows
        self.columns = columns
        self.values = values
        stride = columns
    }

    /// A design without observations yet, with room for so many.
    package init(columns: Int, capacity: Int = 0) {
        self.init(rows: 0, columns: columns, values: [])
        values.reserveCapacity(capacity * columns)
    }

    private init(sharing other: DesignMatrix, columns: Int, selection: [Int]?) {
        (self.columns, self.selection) = (columns, selection)
        (values, stride, rows) = (other.values, other.stride, selection?.count ?? other.rows)
    }

    /// Adds an observation; what was selected from another design takes none.
    package mutating func append(_ row: some Collection<Float>) {
        precondition(row.count == columns, "the row has another number of features")
        precondition(selection == nil && stride == columns, "a selection takes no observations")
        values.append(contentsOf: row)
        rows += 1
    }

    /// Some of the observations, in this order; they are not copied.
    package func selecting(_ rows: [Int]) -> DesignMatrix {
        DesignMatrix(sharing: self, columns: columns, selection: selection.map { own in rows.map { own[$0] } } ?? rows)
    }

    /// The first features of every observation; they are not copied.
    package func prefix(columns: Int) -> DesignMatrix {
        precondition(columns <= self.columns, "there are fewer features")
        return DesignMatrix(sharing: self, columns: columns, selection: selection)
    }

    /// The features of an observation.
    package subscript(row row: Int) -> ArraySlice<Float> {
        let start = (selection?[row] ?? row) * stride
        return values[start..<(start + columns)]
    }

    /// Hands out some of the observations, row after row.
    func withRows(_ range: Range<Int>, _ body: (UnsafePointer<Float>) -> Void) {
        let isWhole = selection == nil && stride == columns
        var gathered: [Float] = []
        if !isWhole {
            gathered.reserveCapacity(range.count * columns)
            for row in range { gathered.append(contentsOf: self[row: row]) }
        }
        unsafe (isWhole ? values[(range.lowerBound * columns)...] : gathered[...]).withUnsafeBufferPointer { rows in
            if let first = rows.baseAddress { unsafe body(first) }
        }
    }

    /// Some of the observations in double precision.
    package func widened(_ range: Range<Int>) -> Matrix {
        var wide = Matrix(rows: range.count, columns: columns)
        unsafe withRows(range) { rows in unsafe ckernels_widen(rows, &wide.values, wide.values.count) }
        return wide
    }

    /// The product with the transpose of a matrix that has as many columns.
    package func multiplied(byTransposeOf other: Matrix) -> Matrix {
        var values: [Double] = []
        values.reserveCapacity(rows * other.rows)
        for block in blocks { values += widened(block).multiplied(byTransposeOf: other).values }
        return Matrix(rows: rows, columns: other.rows, values: values)
    }

    /// The weighted sum of the rows.
    func sum(weights: [Double]) -> [Double] {
        var sum = Matrix(rows: 1, columns: columns)
        for block in blocks {
            let weight = Matrix(rows: block.count, columns: 1, values: Array(weights[block]))
            sum.add(transposed: weight, times: widened(block))
        }
        return sum.values
    }

    /// The rows in runs of at most 256, the depth of the kernels.
    var blocks: [Range<Int>] { Swift.stride(from: 0, to: rows, by: 256).map { $0..<min($0 + 256, rows) } }
}
