internal import Features
internal import Statistics

/// How well prompts are ranked by their need for the stronger of two models after few outcomes: by the learned gain, by the
/// probability that the cheaper one fails, and by length.
package struct GainTrial: Sendable {
    /// For each draw the area of each ranking; see ``area(ranking:gains:)``.
    package private(set) var learned: [Double] = []
    package private(set) var failure: [Double] = []
    package private(set) var length: [Double] = []

    /// Learns from `count` observations drawn by group and judges on all others, `draws` times.
    ///
    /// The scores are those of the cheaper and the stronger model, and all are known.
    package init(
        _ observations: [Observation], models: [String], count: Int, draws: Int, seed: UInt64
    ) throws(TrainingError) {
        let groups = Dictionary(grouping: observations.indices, by: { observations[$0].group }).values
            .sorted { $0[0] < $1[0] }
        var generator = Xoshiro256(seed: seed)
        for _ in 0..<draws {
            let rows = groups.shuffled(using: &generator).flatMap(\.self)
            var end = min(count, rows.count)
            while end > 0, end < rows.count, observations[rows[end]].group == observations[rows[end - 1]].group {
                end += 1
            }
            let predictor = try SuccessTrainer.train(rows[..<end].map { observations[$0] }, models: models)
            let judged = rows[end...].map { observations[$0] }
            let gains = judged.map { ($0.scores[1] ?? 0) - ($0.scores[0] ?? 0) }
            let rankings = [
                judged.map { predictor.need($0.prompt, cheap: models[0], strong: models[1]) ?? 0 },
                judged.map { 1 - predictor.probabilities($0.prompt)[0] },
                judged.map { Double($0.prompt[.logCharacters]) },
            ].map { Self.area(ranking: $0, gains: gains) }
            learned.append(rankings[0])
            failure.append(rankings[1])
            length.append(rankings[2])
        }
    }

    /// The area between the curve of gain over the share of prompts sent to the stronger model, the highest ranked first,
    /// and the straight line of a random ranking, as a share of what a perfect ranking encloses, so that 0.5 is random, 1
    /// perfect and 0 perfectly wrong.
    ///
    /// Equal ranks count as in random order.
    package static func area(ranking: [Double], gains: [Double]) -> Double {
        let (own, best) = (enclosed(ranking, gains), enclosed(gains, gains))
        return best > 0 ? 0.5 + own / best / 2 : 0.5
    }

    private static func enclosed(_ ranking: [Double], _ gains: [Double]) -> Double {
        let order = ranking.indices.sorted { ranking[$0] > ranking[$1] }
        let total = gains.reduce(0, +)
        var (sum, area, start) = (0.0, 0.0, 0)
        while start < order.count {
            var end = start
            var block = 0.0
            while end < order.count, ranking[order[end]] == ranking[order[start]] {
                block += gains[order[end]]
                end += 1
            }
            // A block of equals rises in a straight line.
            area += Double(end - start) * (sum + block / 2)
            sum += block
            start = end
        }
        return area - total * Double(order.count) / 2
    }
}
