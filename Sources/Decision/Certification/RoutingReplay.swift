package import Statistics

/// What routing policies would have cost and reached on recorded outcomes.
package struct RoutingReplay: Sendable {
    /// Mean cost in dollars and mean score over the prompts.
    package struct Point: Hashable, Sendable {
        package var cost: Double
        package var quality: Double

        package init(cost: Double, quality: Double) {
            self.cost = cost
            self.quality = quality
        }
    }

    private let table: RoutingTable
    /// For each value of a right answer, from careful to cheap, the model chosen for each prompt.
    private let choices: [[Int]]

    package init(_ table: RoutingTable) {
        self.table = table
        choices = table.values.map { value in table.prompts.map { $0.choice(value: value) } }
    }

    private var all: [Int] { Array(table.prompts.indices) }

    /// Cost and quality of the router, from careful to cheap.
    package var curve: [Point] { choices.map { point(of: $0, all) } }

    /// Always the baseline.
    package var baseline: Point { constant(table.baseline, all) }

    /// Always one model, for each.
    package var constants: [Point] { table.models.indices.map { constant($0, all) } }

    /// The best there can be: the cheapest of the models with the best score on each prompt.
    package var oracle: Point {
        point(
            of: table.prompts.map { prompt in
                prompt.scores.indices.max {
                    (prompt.scores[$0], -prompt.costs[$0]) < (prompt.scores[$1], -prompt.costs[$1])
                } ?? 0
            }, all)
    }

    /// Short prompts to the cheapest model, long ones to the baseline, at nineteen bounds of length.
    package var byLength: [Point] {
        let means = constants
        let cheapest = means.indices.min { means[$0].cost < means[$1].cost } ?? 0
        let lengths = table.prompts.map(\.length).sorted()
        return (1..<20).map { part in
            let bound = lengths[lengths.count * part / 20]
            return point(of: table.prompts.map { $0.length < bound ? cheapest : table.baseline }, all)
        }
    }

    /// The area under the curve of quality over cost from 0 to the baseline's cost, as a share of the baseline's own quality
    /// over that range; points that are dearer and no better than others do not count.
    package var area: Double {
        let top = baseline
        guard top.cost > 0, top.quality > 0 else { return 0 }
        var area = 0.0
        var (last, best) = (0.0, 0.0)
        for point in curve.sorted(by: { $0.cost < $1.cost }) where point.cost <= top.cost {
            area += (point.cost - last) * best
            last = point.cost
            best = max(best, point.quality)
        }
        return (area + (top.cost - last) * best) / (top.cost * top.quality)
    }

    /// The greatest share of the baseline's cost that a policy of the curve saves with a quality of at least the baseline's less
    /// `loss`; 0 if none does.
    package func saving(loss: Double) -> Double { saving(loss: loss, all) }

    /// Its 95 % interval over prompts drawn with replacement.
    package func savingInterval(loss: Double, draws: Int, seed: UInt64) -> Interval {
        Bootstrap(draws: draws, seed: seed).interval(rows: table.prompts.count) { saving(loss: loss, $0) }
            ?? Interval(lower: 0, upper: 0)
    }

    /// The saving of the best constant model within `loss` of the baseline, and which that is.
    package func bestConstant(loss: Double) -> (model: Int, saving: Double) {
        let top = baseline
        var best = (model: table.baseline, saving: 0.0)
        for (model, point) in constants.enumerated() where point.quality >= top.quality - loss - 1e-12 {
            let saving = 1 - point.cost / max(top.cost, .leastNormalMagnitude)
            if saving > best.saving { best = (model, saving) }
        }
        return best
    }

    private func saving(loss: Double, _ rows: [Int]) -> Double {
        let top = constant(table.baseline, rows)
        return choices.reduce(0) { best, choice in
            let point = point(of: choice, rows)
            return point.quality >= top.quality - loss - 1e-12 ? max(best, 1 - point.cost / top.cost) : best
        }
    }

    private func constant(_ model: Int, _ rows: [Int]) -> Point {
        mean(rows) { (table.prompts[$0].costs[model], table.prompts[$0].scores[model]) }
    }

    private func point(of choice: [Int], _ rows: [Int]) -> Point {
        mean(rows) { (table.prompts[$0].costs[choice[$0]], table.prompts[$0].scores[choice[$0]]) }
    }

    private func mean(_ rows: [Int], _ body: (Int) -> (cost: Double, score: Double)) -> Point {
        var (cost, score) = (0.0, 0.0)
        for row in rows {
            let one = body(row)
            cost += one.cost
            score += one.score
        }
        let count = Double(max(rows.count, 1))
        return Point(cost: cost / count, quality: score / count)
    }
}
