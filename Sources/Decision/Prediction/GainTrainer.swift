internal import LinearAlgebra

/// Fits the gain of every pair of models that enough prompts tell of, the model that is right more often being the stronger.
struct GainTrainer {
    private(set) var gains: [GainPredictor] = []

    private let placed: PlacedOutcomes
    /// For each model its held-out probabilities, one for each of its outcomes.
    private let heldOut: [[Double]]
    private let learnsNeeds: Bool

    /// The penalties tried for what the probabilities leave of a need, for a weight of one: the last leave nothing of it.
    private static let needPenalties = SuccessTrainer.penalties + [100, 300, 1000]

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
        var predictors = pairs.indices.map { index in
            GainPredictor(
                cheap: placed.models[pairs[index].cheap.model], strong: placed.models[pairs[index].strong.model],
                weights: gains.coefficients[row: index].map(Float.init), intercept: gains.intercepts[index])
        }
        if learnsNeeds {
            try learnNeeds(targets.map { $0.map { max($0, 0) } }, of: pairs, whole, shared.weights, into: &predictors)
        }
        return predictors
    }

    /// Learns how the need departs from what the probabilities of both models say of it.
    private func learnNeeds(
        _ needs: [[Double]], of pairs: [Pair], _ design: DesignMatrix, _ weights: [Double],
        into predictors: inout [GainPredictor]
    ) throws(TrainingError) {
        var said: [[Double]] = []
        for (index, pair) in pairs.enumerated() {
            let failures = pair.cheap.places.map { 1 - heldOut[pair.cheap.model][$0] }
            let successes = pair.strong.places.map { heldOut[pair.strong.model][$0] }
            let line = NeedLine(failures: failures, successes: successes, needs: needs[index], weights: weights)
            predictors[index].needLine = line
            said.append(zip(failures, successes).map { line(failure: $0, success: $1) })
        }
        let left = zip(needs, said).map { needs, said in zip(needs, said).map { $0 - $1 } }
        let fit = try SuccessTrainer.ridge(
            design, left, weights: weights, penalties: Self.needPenalties, choosesForEach: true)
        for (index, said) in said.enumerated() {
            predictors[index].needLine.intercept += fit.intercepts[index]
            predictors[index].needWeights = fit.coefficients[row: index].map(Float.init)
            predictors[index].percentiles = Self.percentiles(zip(said, fit.leaveOneOut.column(index)).map { $0 + $1 })
        }
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
