internal import Glibc

/// Brings values to mean 0 and deviation 1; values that never vary become 0.
package struct Standardisation: Hashable, Sendable {
    package var means: [Float]
    /// 1 / deviation, 0 where nothing varies.
    package var scales: [Float]

    package init(means: [Float], scales: [Float]) {
        self.means = means
        self.scales = scales
    }

    /// The means and deviations of rows.
    package init(_ rows: [[Float]]) {
        let width = rows.first?.count ?? 0
        let count = Double(max(rows.count, 1))
        var sums = [Double](repeating: 0, count: width)
        var squares = sums
        for row in rows {
            let row = row.span
            for column in 0..<width {
                let value = Double(row[column])
                sums[column] += value
                squares[column] += value * value
            }
        }
        means = sums.map { Float($0 / count) }
        scales = (0..<width).map { column in
            let mean = sums[column] / count
            let variance = squares[column] / count - mean * mean
            return variance > 1e-9 ? Float(1 / variance.squareRoot()) : 0
        }
    }

    /// Far-off values are held within ten deviations: one odd prompt may not rule an estimate.
    package func callAsFunction(_ row: [Float]) -> [Float] { row.indices.map { self(row[$0], at: $0) } }

    /// The same for the value at one place.
    package func callAsFunction(_ value: Float, at place: Int) -> Float {
        min(max((value - means[place]) * scales[place], -10), 10)
    }
}
