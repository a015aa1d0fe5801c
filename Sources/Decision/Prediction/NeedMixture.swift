internal import Glibc

/// How the signs that a prompt needs the stronger of two models are weighed against each other: an average over simple
/// rankings, each counting as much as the outcomes learned from speak for it.
///
/// A ranking is f · sʷ + v · n, with f the probability that the cheaper model fails, s that the stronger one is right, and n the
/// learned need; which powers and shares fit differs from pair to pair. Rankings are weighed as Akaike (1978) weighs models, by
/// how much of the gain each explains held out, so that few outcomes leave all of them standing.
package struct NeedMixture: Hashable, Sendable {
    /// For each of ``rankings`` what its value is multiplied with.
    package let weights: [Double]

    package init(weights: [Double]) { self.weights = weights }

    /// w and v.
    static let rankings: [(power: Power, share: Double)] = Power.allCases.flatMap { power in
        [0, 0.5, 1, 2].map { (power, $0) }
    }

    /// To which power the probability counts that the stronger model is right.
    enum Power: CaseIterable {
        case none, quarter, half, whole

        func callAsFunction(_ p: Double) -> Double {
            switch self {
            case .none: 1
            case .quarter: p.squareRoot().squareRoot()
            case .half: p.squareRoot()
            case .whole: p
            }
        }
    }

    /// Held-out signs of one prompt.
    struct Signs {
        var failure: Double
        var strong: Double
        var learned: Double

        func value(_ ranking: (power: Power, share: Double)) -> Double {
            failure * ranking.power(strong) + ranking.share * learned
        }
    }

    /// Weighs by held-out signs and what was gained.
    init(_ signs: [Signs], gains: [Double], weights: [Double]) {
        let total = weights.reduce(0, +)
        let values = Self.rankings.map { ranking in signs.map { $0.value(ranking) } }
        let moments = values.map { Self.moments($0, gains, weights) }
        let most = moments.map(\.explained).max() ?? 0
        let beliefs = moments.map { exp(($0.explained - most) * total / 2) }
        let sum = beliefs.reduce(0, +)
        self.weights = zip(beliefs, moments).map { $1.deviation > 0 ? $0 / sum / $1.deviation : 0 }
    }

    /// The need that signs speak of; only its order among prompts means anything.
    func need(_ signs: Signs) -> Double {
        zip(weights, Self.rankings).reduce(0) { $0 + $1.0 * signs.value($1.1) }
    }

    /// The deviation of values, and the share of the gains' variance that rises with them.
    private static func moments(
        _ values: [Double], _ gains: [Double], _ weights: [Double]
    ) -> (deviation: Double, explained: Double) {
        let total = weights.reduce(0, +)
        var sums = (x: 0.0, y: 0.0, xx: 0.0, xy: 0.0, yy: 0.0)
        for index in values.indices {
            let (x, y, weight) = (values[index], gains[index], weights[index])
            sums.x += weight * x
            sums.y += weight * y
            sums.xx += weight * x * x
            sums.xy += weight * x * y
            sums.yy += weight * y * y
        }
        let variance = sums.xx / total - sums.x / total * (sums.x / total)
        let spread = sums.yy / total - sums.y / total * (sums.y / total)
        let covariance = sums.xy / total - sums.x / total * (sums.y / total)
        guard variance > 1e-12, spread > 1e-12, covariance > 0 else {
            return (variance > 0 ? variance.squareRoot() : 0, 0)
        }
        return (variance.squareRoot(), covariance * covariance / variance / spread)
    }
}
