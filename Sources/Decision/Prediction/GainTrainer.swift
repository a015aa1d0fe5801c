internal import LinearAlgebra

/// Fits the gain of every pair of models that enough prompts tell of, the model that is right more often being the stronger.
struct GainTrainer {
    private(set) var gains: [GainPredictor] = []

    private let observations: [Observation]
    private let places: [PromptPlace]
    private let models: [String]
    /// For each model its held-out probabilities by observation.
    private let probabilities: [[Int: Double]]
    private let surfaceCount: Int

    private struct Pair {
        let cheap: Int
        let strong: Int
    }

    /// Pairs that the same rows tell of with the same weights, so that they share one decomposition.
    private struct Shared: Hashable {
        let rows: [Int]
        let weights: [Double]
    }

    /// `present` and `heldOut` are for each model the observations with its score, and its held-out probabilities there.
    init(
        _ observations: [Observation], _ places: [PromptPlace], models: [String], present: [[Int]],
        heldOut: [[Double]], _ space: PromptSpace
    ) throws(TrainingError) {
        self.observations = observations
        self.places = places
        self.models = models
        surfaceCount = space.surfaceCount
        probabilities = zip(present, heldOut).map { Dictionary(uniqueKeysWithValues: zip($0, $1)) }
        var together: [Shared: [Pair]] = [:]
        for one in models.indices {
            for other in models.indices where other > one {
                let rows =
                    present[one] == present[other] ? present[one] : Self.intersection(present[one], present[other])
                guard rows.count >= SuccessTrainer.leastOutcomes else { continue }
                let weights = rows.map { min(observations[$0].weight(of: one), observations[$0].weight(of: other)) }
                together[Shared(rows: rows, weights: weights), default: []].append(pair(one, other, rows))
            }
        }
        for (shared, pairs) in together { gains += try fit(shared, pairs) }
        gains.sort { ($0.cheap, $0.strong) < ($1.cheap, $1.strong) }
    }

    private func pair(_ one: Int, _ other: Int, _ rows: [Int]) -> Pair {
        let lead = rows.reduce(0.0) { sum, row in sum + gain(Pair(cheap: one, strong: other), row) }
        return lead >= 0 ? Pair(cheap: one, strong: other) : Pair(cheap: other, strong: one)
    }

    private func gain(_ pair: Pair, _ row: Int) -> Double {
        (observations[row].scores[pair.strong] ?? 0) - (observations[row].scores[pair.cheap] ?? 0)
    }

    private func fit(_ shared: Shared, _ pairs: [Pair]) throws(TrainingError) -> [GainPredictor] {
        var surface = DesignMatrix(columns: surfaceCount)
        var whole = DesignMatrix(columns: places.first?.inputs.count ?? 0)
        for row in shared.rows {
            surface.append(places[row].inputs.prefix(surfaceCount))
            whole.append(places[row].inputs)
        }
        let targets = pairs.map { pair in shared.rows.map { gain(pair, $0) } }
        let gains = try SuccessTrainer.ridge(surface, targets, weights: shared.weights)
        let needs = try SuccessTrainer.ridge(whole, targets.map { $0.map { max($0, 0) } }, weights: shared.weights)
        return pairs.indices.map { index in
            let pair = pairs[index]
            let signs = zip(shared.rows, needs.leaveOneOut.column(index)).map { row, learned in
                NeedMixture.Signs(
                    failure: 1 - (probabilities[pair.cheap][row] ?? 0), strong: probabilities[pair.strong][row] ?? 0,
                    learned: learned)
            }
            let mixture = NeedMixture(signs, gains: targets[index], weights: shared.weights)
            return GainPredictor(
                cheap: models[pair.cheap], strong: models[pair.strong],
                weights: gains.coefficients[row: index].map(Float.init), intercept: gains.intercepts[index],
                needWeights: needs.coefficients[row: index].map(Float.init), needIntercept: needs.intercepts[index],
                mixture: mixture, percentiles: Self.percentiles(signs.map(mixture.need)))
        }
    }

    /// Of two rising lists.
    private static func intersection(_ left: [Int], _ right: [Int]) -> [Int] {
        let known = Set(right)
        return left.filter { known.contains($0) }
    }

    private static func percentiles(_ values: [Double]) -> [Float] {
        let sorted = values.sorted()
        return (0...100).map { Float(sorted[(sorted.count - 1) * $0 / 100]) }
    }
}
