internal import LinearAlgebra

/// Fits the gain of every pair of models that enough prompts tell of, the model that is right more often being the stronger.
struct GainTrainer {
    private(set) var gains: [GainPredictor] = []

    private let placed: PlacedOutcomes
    /// For each model its held-out probabilities, one for each of its outcomes.
    private let heldOut: [[Double]]
    private let learnsNeeds: Bool

    /// Two models with the places of the shared prompts among the outcomes of either.
    private struct Pair {
        let cheap: (model: Int, places: [Int])
        let strong: (model: Int, places: [Int])
    }

    /// `heldOut` has the held-out probabilities of each model's outcomes; without `learnsNeeds` pairs are learned as far as leads
    /// go.
    init(_ placed: PlacedOutcomes, _ heldOut: [[Double]], learnsNeeds: Bool) throws(TrainingError) {
        self.placed = placed
        self.heldOut = heldOut
        self.learnsNeeds = learnsNeeds
        // Pairs that the same rows tell of with the same weights share one decomposition.
        var together: [WeightedRows: [Pair]] = [:]
        for one in placed.models.indices {
            for other in placed.models.indices where other > one {
                let (first, second) = (placed.outcomes[one], placed.outcomes[other])
                let shared = Self.shared(first.rows, second.rows)
                guard shared.count >= SuccessTrainer.leastOutcomes else { continue }
                let weights = shared.map { min(first.weights[$0.left], second.weights[$0.right]) }
                let lead = shared.reduce(0.0) { $0 + (second.scores[$1.right] - first.scores[$1.left]) }
                let (left, right) = ((one, shared.map(\.left)), (other, shared.map(\.right)))
                together[WeightedRows(rows: shared.map { first.rows[$0.left] }, weights: weights), default: []]
                    .append(lead >= 0 ? Pair(cheap: left, strong: right) : Pair(cheap: right, strong: left))
            }
        }
        for (rows, pairs) in together { gains += try fit(rows, pairs) }
        gains.sort { ($0.cheap, $0.strong) < ($1.cheap, $1.strong) }
    }

    private func fit(_ shared: WeightedRows, _ pairs: [Pair]) throws(TrainingError) -> [GainPredictor] {
        let whole = placed.inputs.selecting(shared.rows)
        let targets = pairs.map { pair in
            let (cheap, strong) = (placed.outcomes[pair.cheap.model].scores, placed.outcomes[pair.strong.model].scores)
            return zip(pair.cheap.places, pair.strong.places).map { strong[$1] - cheap[$0] }
        }
        let gains = try SuccessTrainer.ridge(
            whole.prefix(columns: placed.space.surfaceCount), targets, weights: shared.weights)
        let needs =
            learnsNeeds
            ? try SuccessTrainer.ridge(whole, targets.map { $0.map { max($0, 0) } }, weights: shared.weights) : nil
        return pairs.indices.map { index in
            var predictor = GainPredictor(
                cheap: placed.models[pairs[index].cheap.model], strong: placed.models[pairs[index].strong.model],
                weights: gains.coefficients[row: index].map(Float.init), intercept: gains.intercepts[index])
            if let needs {
                learn(needs, index, of: pairs[index], gains: targets[index], weights: shared.weights, into: &predictor)
            }
            return predictor
        }
    }

    private func learn(
        _ needs: RidgePath, _ index: Int, of pair: Pair, gains: [Double], weights: [Double],
        into predictor: inout GainPredictor
    ) {
        let (cheap, strong) = (heldOut[pair.cheap.model], heldOut[pair.strong.model])
        let signs = needs.leaveOneOut.column(index).enumerated().map { place, learned in
            NeedMixture.Signs(
                failure: 1 - cheap[pair.cheap.places[place]], strong: strong[pair.strong.places[place]],
                learned: learned)
        }
        predictor.needWeights = needs.coefficients[row: index].map(Float.init)
        predictor.needIntercept = needs.intercepts[index]
        predictor.mixture = NeedMixture(signs, gains: gains, weights: weights)
        predictor.percentiles = Self.percentiles(signs.map(predictor.mixture.need))
    }

    /// The places in two rising lists of what both have.
    private static func shared(_ left: [Int], _ right: [Int]) -> [(left: Int, right: Int)] {
        var (found, place) = ([(left: Int, right: Int)](), 0)
        for (own, row) in left.enumerated() {
            while place < right.count, right[place] < row { place += 1 }
            if place < right.count, right[place] == row { found.append((own, place)) }
        }
        return found
    }

    private static func percentiles(_ values: [Double]) -> [Float] {
        let sorted = values.sorted()
        return (0...100).map { Float(sorted[(sorted.count - 1) * $0 / 100]) }
    }
}
