private import Glibc

/// A logistic map from scores to probabilities (Platt 1999), fitted by Newton's method with backtracking as Lin, Lin and
/// Weng (2007) have it.
///
/// No probability is nearer to 0 or 1 than 1 / (weight + 2).
package struct PlattCalibration: Sendable, Equatable {
    /// How the log-odds grow with the score.
    package let slope: Double
    /// The log-odds at a score of zero.
    package let intercept: Double
    /// How many outcomes were seen, by weight.
    package let weight: Double

    /// A map as it was kept.
    package init(slope: Double, intercept: Double, weight: Double) {
        precondition(weight >= 0, "a weight is not negative")
        (self.slope, self.intercept, self.weight) = (slope, intercept, weight)
    }

    /// Fits outcomes between 0 and 1; weights are not negative and default to one.
    ///
    /// Targets are smoothed as Platt does, successes to (N₊ + 1) / (N₊ + 2) and failures to 1 / (N₋ + 2); a graded
    /// outcome lies between those in proportion, and counts towards both by its share. Nil if no finite score has a
    /// positive weight.
    package init?(scores: [Double], outcomes: [Double], weights: [Double]? = nil) {
        precondition(scores.count == outcomes.count, "each score needs an outcome")
        precondition(weights == nil || weights?.count == scores.count, "each score needs a weight")
        func weight(_ place: Int) -> Double { weights.map { $0[place] } ?? 1 }
        let used = scores.indices.filter { weight($0) > 0 && scores[$0].isFinite }
        guard !used.isEmpty else { return nil }
        let successes = used.reduce(0) { $0 + weight($1) * outcomes[$1] }
        let total = used.reduce(0) { $0 + weight($1) }
        let (high, low) = ((successes + 1) / (successes + 2), 1 / (total - successes + 2))
        let fit = LogisticFit(
            rows: used.map { place in
                (scores[place], outcomes[place] * high + (1 - outcomes[place]) * low, weight(place))
            })
        let start = log((successes + 1) / (total - successes + 1))
        (slope, intercept) = fit.minimise(from: (0, start))
        self.weight = total
    }

    /// The probability for a score.
    package func probability(of score: Double) -> Double {
        let margin = 1 / (weight + 2)
        return min(max(LogisticFit.logistic(slope * score + intercept), margin), 1 - margin)
    }
}

/// Weighted cross-entropy of a logistic function of one score.
private struct LogisticFit {
    let rows: [(score: Double, target: Double, weight: Double)]

    static func logistic(_ x: Double) -> Double { x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)) }

    private func loss(_ slope: Double, _ intercept: Double) -> Double {
        rows.reduce(0) { sum, row in
            let odds = slope * row.score + intercept
            let kept = odds >= 0 ? (1 - row.target) * odds : -row.target * odds
            return sum + row.weight * (kept + log1p(exp(-abs(odds))))
        }
    }

    func minimise(from start: (Double, Double)) -> (Double, Double) {
        var (slope, intercept) = start
        var current = loss(slope, intercept)
        for _ in 0..<100 {
            // The ridge keeps the Hessian definite when all scores are equal.
            var (h11, h12, h22, g1, g2) = (1e-12, 0.0, 1e-12, 0.0, 0.0)
            for row in rows {
                let probability = Self.logistic(slope * row.score + intercept)
                let curvature = row.weight * probability * (1 - probability)
                let error = row.weight * (probability - row.target)
                h11 += curvature * row.score * row.score
                h12 += curvature * row.score
                h22 += curvature
                g1 += error * row.score
                g2 += error
            }
            if abs(g1) < 1e-9, abs(g2) < 1e-9 { break }
            let determinant = h11 * h22 - h12 * h12
            guard determinant > 0 else { break }
            let (d1, d2) = (-(h22 * g1 - h12 * g2) / determinant, -(h11 * g2 - h12 * g1) / determinant)
            let descent = g1 * d1 + g2 * d2
            // What the loss cannot show any more for its rounding needs no search: Newton's last step is the best there is.
            if -descent < current * 0x1p-50 { return (slope + d1, intercept + d2) }
            var step = 1.0
            while step > 1e-10 {
                let next = loss(slope + step * d1, intercept + step * d2)
                if next < current + 1e-4 * step * descent {
                    (slope, intercept, current) = (slope + step * d1, intercept + step * d2, next)
                    break
                }
                step /= 2
            }
            if step <= 1e-10 { break }
        }
        return (slope, intercept)
    }
}
