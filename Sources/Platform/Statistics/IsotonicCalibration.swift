/// The best non-decreasing map from scores to probabilities, by pooling adjacent violators.
///
/// The method: Ayer, Brunk, Ewing, Reid and Silverman 1955; its use for calibration: Zadrozny and Elkan 2002.
/// Constant on each pool, linear between pools, constant beyond the ends. No probability is nearer to 0 or 1 than
/// 1 / (weight + 2).
package struct IsotonicCalibration: Sendable, Equatable {
    /// Where the map bends, ascending.
    package let scores: [Double]
    /// The probabilities there, before they are kept off 0 and 1; they do not descend.
    package let probabilities: [Double]
    /// How many outcomes were seen, by weight.
    package let weight: Double

    /// A map as it was kept; nil unless the knots ascend and there is one probability between 0 and 1 for each.
    package init?(scores: [Double], probabilities: [Double], weight: Double) {
        let neighbours = zip(scores.indices, scores.indices.dropFirst())
        guard !scores.isEmpty, scores.count == probabilities.count, weight >= 0,
            scores.allSatisfy(\.isFinite), probabilities.allSatisfy({ (0...1).contains($0) }),
            neighbours.allSatisfy({ scores[$0] < scores[$1] && probabilities[$0] <= probabilities[$1] })
        else { return nil }
        (self.scores, self.probabilities, self.weight) = (scores, probabilities, weight)
    }

    /// Fits outcomes between 0 and 1, which may be graded; weights are not negative and default to one.
    ///
    /// Nil if no score that is a number has a positive weight.
    package init?(scores: [Double], outcomes: [Double], weights: [Double]? = nil) {
        precondition(scores.count == outcomes.count, "each score needs an outcome")
        precondition(weights == nil || weights?.count == scores.count, "each score needs a weight")
        func weight(_ place: Int) -> Double { weights.map { $0[place] } ?? 1 }
        let used = scores.indices.filter { weight($0) > 0 && scores[$0].isFinite }
        guard !used.isEmpty else { return nil }
        var pools: [Pool] = []
        for place in used.sorted(by: { (scores[$0], $0) < (scores[$1], $1) }) {
            var pool = Pool(
                first: scores[place], last: scores[place], weight: weight(place), sum: weight(place) * outcomes[place])
            while let before = pools.last, before.last == pool.first || before.mean >= pool.mean {
                pools.removeLast()
                pool = Pool(
                    first: before.first, last: pool.last, weight: before.weight + pool.weight,
                    sum: before.sum + pool.sum)
            }
            pools.append(pool)
        }
        let knots = pools.flatMap { pool in
            (pool.first < pool.last ? [pool.first, pool.last] : [pool.first]).map { ($0, min(max(pool.mean, 0), 1)) }
        }
        self.scores = knots.map(\.0)
        probabilities = knots.map(\.1)
        self.weight = pools.reduce(0) { $0 + $1.weight }
    }

    /// The probability for a score.
    package func probability(of score: Double) -> Double {
        let margin = 1 / (weight + 2)
        return min(max(interpolated(score), margin), 1 - margin)
    }

    private func interpolated(_ score: Double) -> Double {
        var (low, high) = (0, scores.count)
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] < score { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return probabilities[0] }
        guard low < scores.count else { return probabilities[scores.count - 1] }
        let share = (score - scores[low - 1]) / (scores[low] - scores[low - 1])
        return probabilities[low - 1] + share * (probabilities[low] - probabilities[low - 1])
    }

    /// Neighbouring scores that share a probability.
    private struct Pool {
        let first: Double
        let last: Double
        let weight: Double
        let sum: Double
        var mean: Double { sum / weight }
    }
}
