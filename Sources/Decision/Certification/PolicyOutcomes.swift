/// What each of a family of policies reached and cost on the same prompts, beside the baseline.
package struct PolicyOutcomes: Sendable {
    /// What a right answer is worth to each policy, in dollars, from the most careful to the cheapest.
    package let values: [Double]
    /// For each policy the score on each prompt.
    package private(set) var scores: [[Double]]
    /// For each policy what each prompt cost, all calls together, in dollars.
    package private(set) var costs: [[Double]]
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
        let top = baseline(rows)
        var best: (policy: Int, saving: Double)?
        for policy in values.indices {
            let point = point(policy, rows)
            let saving = 1 - point.cost / max(top.cost, .leastNormalMagnitude)
            if point.quality >= top.quality - loss - 1e-12, saving > best?.saving ?? 0 { best = (policy, saving) }
        }
        return best
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
