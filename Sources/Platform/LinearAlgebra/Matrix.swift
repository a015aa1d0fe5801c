private import CKernels

/// A dense matrix of doubles, kept row after row.
package struct Matrix: Sendable, Equatable {
    /// How many rows there are.
    package let rows: Int
    /// How many columns there are.
    package let columns: Int
    /// The values, row after row.
    package internal(set) var values: [Double]

    /// A matrix of these values, row after row; there must be `rows` times `columns` of them.
    package init(rows: Int, columns: Int, values: [Double]) {
        precondition(rows >= 0 && columns >= 0 && values.count == rows * columns, "the values do not fill the matrix")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// A matrix of zeros.
    package init(rows: Int, columns: Int) {
        self.init(rows: rows, columns: columns, values: [Double](repeating: 0, count: rows * columns))
    }

    /// The value in a row and a column.
    package subscript(row: Int, column: Int) -> Double {
        get { values[index(row, column)] }
        set { values[index(row, column)] = newValue }
    }

    /// The values of a row.
    package subscript(row row: Int) -> ArraySlice<Double> { values[(row * columns)..<((row + 1) * columns)] }

    /// The values of a column.
    package func column(_ column: Int) -> [Double] { (0..<rows).map { self[$0, column] } }

    /// Rows become columns.
    package var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { result.values[column * rows + row] = values[row * columns + column] }
        }
        return result
    }

    /// Takes a row off every row.
    mutating func subtract(fromEachRow row: [Double]) {
        precondition(row.count == columns, "the row has another length")
        var place = 0
        for _ in 0..<rows {
            for column in 0..<columns { values[place + column] -= row[column] }
            place += columns
        }
    }

    /// Squares every value.
    mutating func square() {
        for place in values.indices { values[place] *= values[place] }
    }

    /// The product with another matrix, which must have as many rows as this has columns.
    package func multiplied(by other: Matrix) -> Matrix {
        precondition(columns == other.rows, "the inner dimensions differ")
        var result = Matrix(rows: rows, columns: other.columns)
        guard !values.isEmpty, !other.values.isEmpty else { return result }
        unsafe ckernels_multiply(
            values, columns, 1, other.values, other.columns, 1, rows, columns, other.columns, &result.values)
        return result
    }

    /// Adds the product of `left`, transposed, and `right`, which must have as many rows as each other.
    mutating func add(transposed left: Matrix, times right: Matrix) {
        precondition(left.rows == right.rows && left.columns == rows && right.columns == columns, "shapes differ")
        guard !left.values.isEmpty, !right.values.isEmpty else { return }
        unsafe ckernels_multiply(
            left.values, 1, left.columns, right.values, right.columns, 1, rows, left.rows, columns, &values)
    }

    /// The product with the transpose of another matrix, which must have as many columns.
    package func multiplied(byTransposeOf other: Matrix) -> Matrix {
        precondition(columns == other.columns, "the inner dimensions differ")
        var result = Matrix(rows: rows, columns: other.rows)
        guard !values.isEmpty, !other.values.isEmpty else { return result }
        unsafe ckernels_multiply(
            values, columns, 1, other.values, 1, other.columns, rows, columns, other.rows, &result.values)
        return result
    }

    private func index(_ row: Int, _ column: Int) -> Int {
        precondition(row >= 0 && row < rows && column >= 0 && column < columns, "no such row or column")
        return row * columns + column
    }
}
