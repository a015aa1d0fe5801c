internal import LinearAlgebra

/// What each of a family of policies reached and cost on the same prompts, beside the baseline.
package struct PolicyOutcomes: Sendable {
    /// What a right answer is worth to each policy, in dollars, from the most careful to the cheapest.
    package let values: [Double]
    /// For each policy the score on each prompt.
    package let scores: [[Double]]
    /// For each policy what each prompt cost, all calls together, in dollars.
    package let costs: [[Double]]
    /// What the baseline reached and cost on each prompt.
    package let baselineScores: [Double]
    package let baselineCosts: [Double]

    package init(
        values: [Double], scores: [[Double]], costs: [[Double]], baselineScores: [Double], baselineCosts: [Double]
    ) {
        self.values = values
        self.scores = scores
        self.costs = costs
        self.baselineScores = baselineScores
        self.baselineCosts = baselineCosts
    }

    /// Without the most careful policies.
    package func droppingFirst(_ count: Int) -> PolicyOutcomes {
        PolicyOutcomes(
            values: Array(values.dropFirst(count)), scores: Array(scores.dropFirst(count)),
            costs: Array(costs.dropFirst(count)), baselineScores: baselineScores, baselineCosts: baselineCosts)
    }

    /// How many of the most careful policies cost no less than the baseline; 0 where all of them do.
    package var dearer: Int {
        let all = Array(prompts)
        let top = baseline(all).cost
        return values.indices.first { point($0, all).cost < top } ?? 0
    }

    /// The places of the prompts.
    package var prompts: Range<Int> { baselineScores.indices }

    /// Whether some score is neither right nor wrong.
    package var isGraded: Bool {
        func isGraded(_ score: Double) -> Bool { score != 0 && score != 1 }
        return baselineScores.contains(where: isGraded) || scores.contains { $0.contains(where: isGraded) }
    }

    /// Mean cost and score of a policy over some prompts, a prompt as often as it is named.
    package func point(_ policy: Int, _ rows: [Int]) -> RoutingReplay.Point {
        Self.mean(rows, costs[policy], scores[policy])
    }

    /// Mean cost and score of the baseline.
    package func baseline(_ rows: [Int]) -> RoutingReplay.Point { Self.mean(rows, baselineCosts, baselineScores) }

    static func mean(_ rows: [Int], _ costs: [Double], _ scores: [Double]) -> RoutingReplay.Point {
        var (cost, score) = (0.0, 0.0)
        for row in rows {
            cost += costs[row]
            score += scores[row]
        }
        let count = Double(max(rows.count, 1))
        return RoutingReplay.Point(cost: cost / count, quality: score / count)
    }

    /// The policy that saves most with a quality of at least the baseline's less `loss`; nil if none does.
    package func cheapest(loss: Double, _ rows: [Int]) -> (policy: Int, saving: Double)? {
        cheapest(loss: loss, baseline: baseline(rows)) { point($0, rows) }
    }

    private func cheapest(
        loss: Double, baseline top: RoutingReplay.Point, _ point: (Int) -> RoutingReplay.Point
    ) -> (policy: Int, saving: Double)? {
        var best: (policy: Int, saving: Double)?
        for policy in values.indices {
            let point = point(policy)
            let saving = 1 - point.cost / max(top.cost, .leastNormalMagnitude)
            if point.quality >= top.quality - loss - 1e-12, saving > best?.saving ?? 0 { best = (policy, saving) }
        }
        return best
    }
}

extension PolicyOutcomes {
    /// What is summed of each prompt: one, the baseline's cost and score, then those of each policy.
    var table: Matrix {
        var table = Matrix(rows: prompts.count, columns: 3 + 2 * values.count)
        var columns = [baselineScores.map { _ in 1 }, baselineCosts, baselineScores]
        for policy in values.indices { columns += [costs[policy], scores[policy]] }
        for (column, values) in columns.enumerated() {
            for (row, value) in values.enumerated() { table[row, column] = value }
        }
        return table
    }

    /// The same as ``cheapest(loss:_:)``, going by sums over the rows of ``table``.
    func cheapest(loss: Double, _ sums: ArraySlice<Double>) -> (policy: Int, saving: Double)? {
        func mean(_ place: Int) -> RoutingReplay.Point {
            let start = sums.startIndex + 1 + 2 * place
            let count = max(sums[sums.startIndex], 1)
            return RoutingReplay.Point(cost: sums[start] / count, quality: sums[start + 1] / count)
        }
        return cheapest(loss: loss, baseline: mean(0)) { mean($0 + 1) }
    }
}

extension RoutingTable {
    /// What choosing one model for each prompt reaches and costs, for each value of a right answer.
    package var outcomes: PolicyOutcomes {
        let values = values
        var (scores, costs) = ([[Double]](), [[Double]]())
        for value in values {
            let choices = prompts.map { $0.choice(value: value) }
            scores.append(zip(prompts, choices).map { $0.scores[$1] })
            costs.append(zip(prompts, choices).map { $0.costs[$1] })
        }
        return PolicyOutcomes(
            values: values, scores: scores, costs: costs, baselineScores: prompts.map { $0.scores[baseline] },
            baselineCosts: prompts.map { $0.costs[baseline] })
    }
}
