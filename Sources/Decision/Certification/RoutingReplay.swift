package import Statistics

/// What a family of policies would have cost and reached on recorded outcomes, beside what needs no policy.
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
    private let outcomes: PolicyOutcomes

    /// Policies on the prompts of a table; without any those that choose one model for each prompt.
    package init(_ table: RoutingTable, outcomes: PolicyOutcomes? = nil) {
        self.table = table
        self.outcomes = outcomes ?? table.outcomes
    }

    private var all: [Int] { Array(table.prompts.indices) }

    /// Cost and quality of the policies, from careful to cheap.
    package var curve: [Point] { outcomes.values.indices.map { outcomes.point($0, all) } }

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

    /// Chosen at random a share of the prompts to the baseline, the others to the cheapest model, in tenths from none to all.
    package var randomMix: [Point] {
        let cheapest = constants.min { $0.cost < $1.cost } ?? baseline
        return (0...10).map { tenth in
            let share = Double(tenth) / 10
            return Point(
                cost: share * baseline.cost + (1 - share) * cheapest.cost,
                quality: share * baseline.quality + (1 - share) * cheapest.quality)
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

    /// The policy that saves so much; nil if none does.
    package func cheapest(loss: Double) -> Int? { outcomes.cheapest(loss: loss, all)?.policy }

    /// What a right answer is worth to each policy, in dollars.
    package var values: [Double] { outcomes.values }

    /// Its 95 % intervals over prompts drawn with replacement, one for each of `losses`.
    package func savingIntervals(losses: [Double], draws: Int, seed: UInt64) -> [Interval] {
        Bootstrap(draws: draws, seed: seed).intervals(sumsOf: outcomes.table) { sums in
            losses.map { outcomes.cheapest(loss: $0, sums)?.saving ?? 0 }
        }
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

    private func saving(loss: Double, _ rows: [Int]) -> Double { outcomes.cheapest(loss: loss, rows)?.saving ?? 0 }

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
