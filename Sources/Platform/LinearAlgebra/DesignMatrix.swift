/// The observations of a regression: one row each, one column for each feature, in single precision.
package struct DesignMatrix: Sendable {
    /// How many observations there are.
    package private(set) var rows: Int
    /// How many features each has.
    package let columns: Int
    /// The values, row after row.
    package private(set) var values: [Float]

    /// A design of these values, row after row; there must be `rows` times `columns` of them.
    package init(rows: Int, columns: Int, values: [Float]) {
        precondition(rows >= 0 && columns >= 0 && values.count == rows * columns, "the values do not fill the matrix")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// A design without observations yet.
    package init(columns: Int) { self.init(rows: 0, columns: columns, values: []) }

    /// Adds an observation.
    package mutating func append(_ row: some Collection<Float>) {
        precondition(row.count == columns, "the row has another number of features")
        values.append(contentsOf: row)
        rows += 1
    }

    /// The features of an observation.
    package subscript(row row: Int) -> ArraySlice<Float> { values[(row * columns)..<((row + 1) * columns)] }

    /// Some of the observations in double precision.
    func widened(_ range: Range<Int>) -> Matrix {
        Matrix(
            rows: range.count, columns: columns,
            values: values[(range.lowerBound * columns)..<(range.upperBound * columns)].map { Double($0) })
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
    var blocks: [Range<Int>] { stride(from: 0, to: rows, by: 256).map { $0..<min($0 + 256, rows) } }
}
