package import LinearAlgebra

/// Percentile intervals of any statistic by drawing groups of rows with replacement (Efron and Tibshirani 1993, 13.3).
package struct Bootstrap: Sendable {
    /// How many samples are drawn.
    package let draws: Int
    /// The share of samples between the ends.
    package let confidence: Double
    /// Equal seeds give equal intervals.
    package let seed: UInt64

    /// A plan for samples.
    package init(draws: Int = 1_000, confidence: Double = 0.95, seed: UInt64) {
        precondition(draws > 0 && confidence > 0 && confidence < 1, "draws and a confidence between 0 and 1 are needed")
        self.draws = draws
        self.confidence = confidence
        self.seed = seed
    }

    /// The interval of a statistic of rows that come in groups, such as the answers to one prompt, drawn whole.
    ///
    /// The statistic is given the rows of the drawn groups, a group drawn twice twice. Samples for which it is nil are
    /// left out; nil if it is nil for all, or if there are no groups.
    package func interval<Failure: Error>(
        groups: [[Int]], _ statistic: ([Int]) throws(Failure) -> Double?
    ) throws(Failure) -> Interval? {
        guard !groups.isEmpty else { return nil }
        var generator = Xoshiro256(seed: seed)
        var values: [Double] = []
        for _ in 0..<draws {
            let rows = generator.drawBootstrapIndices(groups.count).flatMap { groups[$0] }
            if let value = try statistic(rows) { values.append(value) }
        }
        return values.isEmpty ? nil : interval(of: values)
    }

    /// The interval of a statistic of rows that stand alone.
    package func interval<Failure: Error>(
        rows: Int, _ statistic: ([Int]) throws(Failure) -> Double?
    ) throws(Failure) -> Interval? {
        try interval(groups: (0..<rows).map { [$0] }, statistic)
    }

    /// The intervals of statistics that depend on nothing but sums over the rows drawn, such as means and their ratios: many
    /// at once, all of the same draws.
    ///
    /// `values` has the values of each row that are summed; the statistics are given their sums in the same order. Empty if
    /// there are no rows.
    package func intervals(sumsOf values: Matrix, _ statistics: (ArraySlice<Double>) -> [Double]) -> [Interval] {
        guard values.rows > 0 else { return [] }
        var generator = Xoshiro256(seed: seed)
        var found: [[Double]] = []
        for first in stride(from: 0, to: draws, by: Self.drawsAtOnce) {
            var counts = Matrix(rows: min(Self.drawsAtOnce, draws - first), columns: values.rows)
            for draw in 0..<counts.rows {
                for row in generator.drawBootstrapIndices(values.rows) { counts[draw, row] += 1 }
            }
            let sums = counts.multiplied(by: values)
            for draw in 0..<counts.rows { found.append(statistics(sums[row: draw])) }
        }
        return found[0].indices.map { place in interval(of: found.map { $0[place] }) }
    }

    private static let drawsAtOnce = 48

    private func interval(of values: [Double]) -> Interval {
        let sorted = values.sorted()
        let tail = (1 - confidence) / 2
        return Interval(lower: Self.quantile(sorted, tail), upper: Self.quantile(sorted, 1 - tail))
    }

    /// A quantile of sorted values, linear between neighbours (type 7 of Hyndman and Fan 1996).
    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
