internal import Dialogue
internal import LinearAlgebra
internal import QueryTypes
internal import Statistics

/// Why nothing could be learned.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
    /// A model has too few outcomes.
    case tooFew(model: String, count: Int, needed: Int)
    /// A feature or a score is not a finite number.
    case notFinite

    package var description: String {
        switch self {
        case .tooFew(let model, let count, let needed):
            "\(model) has \(count) outcomes, \(needed) are needed: collect \(needed - count) more or leave it out with "
                + "--models"
        case .notFinite: "an outcome has features that are no numbers: report its prompt as a fault of the program"
        }
    }
}

/// Fits a ``SuccessPredictor`` to recorded outcomes.
package enum SuccessTrainer {
    /// The fewest outcomes of a model to learn from.
    package static let leastOutcomes = 50
    /// The most query types, and how many prompts there must be for each.
    static let mostTypes = 32
    static let promptsOfType = 25

    /// Learns from observations whose scores are those of `models`, in order, with at least `least` of each; `learnsGains` may be
    /// false where no pair will be asked about.
    ///
    /// - Throws: which model has too few outcomes.
    package static func train(
        _ observations: [Observation], models: [String], least: Int = leastOutcomes, learnsGains: Bool = true
    ) throws(TrainingError) -> SuccessPredictor {
        try trainHoldingOut(observations, models: models, least: least, learnsGains: learnsGains).predictor
    }

    /// Learns, and says for each observation what would be expected of each model by one who learned from all others; of
    /// models that were not asked, what the predictor expects.
    package static func trainHoldingOut(
        _ observations: [Observation], models: [String], least: Int = leastOutcomes, learnsGains: Bool = true
    ) throws(TrainingError) -> (predictor: SuccessPredictor, heldOut: [[Double]]) {
        let space = PromptSpace(
            of: observations.map(\.prompt), types: min(mostTypes, observations.count / promptsOfType))
        let places = observations.map { space.place(of: $0.prompt) }
        let present = models.indices.map { model in
            observations.indices.filter { observations[$0].scores[model] != nil }
        }
        for (model, rows) in zip(models, present) where rows.count < least {
            throw .tooFew(model: model, count: rows.count, needed: least)
        }
        // Models that were asked the same prompts share one decomposition.
        var predictors = [ModelPredictor?](repeating: nil, count: models.count)
        var heldOut = [[Double]](repeating: [], count: models.count)
        for (rows, group) in Dictionary(grouping: models.indices, by: { present[$0] }) {
            let fitted = try fit(
                rows.map { places[$0] }, rows.map { observations[$0] }, group, models,
                types: space.types.centres.count)
            for (model, fit) in zip(group, fitted) {
                predictors[model] = fit.predictor
                heldOut[model] = fit.heldOut
            }
        }
        let predictor = SuccessPredictor(
            models: predictors.compactMap(\.self),
            gains: learnsGains
                ? try gains(observations, places, models: models, present: present, heldOut: heldOut, space) : [],
            space: space)
        var expected = places.map { predictor.probabilities($0) }
        for model in models.indices {
            for (row, probability) in zip(present[model], heldOut[model]) { expected[row][model] = probability }
        }
        return (predictor, expected)
    }

    private static func fit(
        _ places: [PromptPlace], _ observations: [Observation], _ group: [Int], _ models: [String], types: Int
    ) throws(TrainingError) -> [(predictor: ModelPredictor, heldOut: [Double])] {
        var design = DesignMatrix(columns: places.first?.inputs.count ?? 0)
        for place in places { design.append(place.inputs) }
        let scores = group.map { model in observations.map { $0.scores[model] ?? 0 } }
        let tables = scores.map { scores in
            var table = SuccessTable(types: types)
            for (score, place) in zip(scores, places) {
                table.add(score, taskClass: place.taskClass, type: place.type)
            }
            table.priors = priors(table, scores, places)
            return table
        }
        let offsets = zip(tables, scores).map { table, scores in
            zip(scores, places).map { table.rate($1.taskClass, type: $1.type, without: $0) }
        }
        let targets = zip(scores, offsets).map { zip($0, $1).map { $0 - $1 } }
        let ridge = try ridge(design, targets)
        return group.indices.map { index in
            let heldOut = zip(ridge.leaveOneOut.column(index), offsets[index]).map { $0 + $1 }
            let calibration =
                PlattCalibration(scores: heldOut, outcomes: scores[index])
                ?? PlattCalibration(slope: 0, intercept: 0, weight: 0)
            let predictor = ModelPredictor(
                name: models[group[index]], count: observations.count, table: tables[index],
                weights: ridge.coefficients[row: index].map(Float.init), intercept: ridge.intercepts[index],
                calibration: calibration)
            return (predictor, heldOut.map { calibration.probability(of: $0) })
        }
    }

    /// The prior weights with the least leave-one-out error.
    private static func priors(
        _ table: SuccessTable, _ scores: [Double], _ places: [PromptPlace]
    ) -> SuccessTable.PriorWeights {
        var best = (error: Double.infinity, priors: SuccessTable.PriorWeights())
        for candidate in SuccessTable.PriorWeights.candidates {
            var trial = table
            trial.priors = candidate
            let error = zip(scores, places).reduce(0) { sum, pair in
                let miss = pair.0 - trial.rate(pair.1.taskClass, type: pair.1.type, without: pair.0)
                return sum + miss * miss
            }
            if error < best.error { best = (error, candidate) }
        }
        return best.priors
    }

    /// The gain of every pair that enough prompts tell of, the model that is right more often being the stronger.
    private static func gains(
        _ observations: [Observation], _ places: [PromptPlace], models: [String], present: [[Int]],
        heldOut: [[Double]], _ space: PromptSpace
    ) throws(TrainingError) -> [GainPredictor] {
        var together: [[Int]: [(Int, Int)]] = [:]
        for one in models.indices {
            for other in models.indices where other > one {
                let rows = present[one] == present[other] ? present[one] : intersection(present[one], present[other])
                if rows.count >= leastOutcomes { together[rows, default: []].append((one, other)) }
            }
        }
        // For each model its held-out probabilities by observation.
        let probabilities = zip(present, heldOut).map { rows, values in
            Dictionary(uniqueKeysWithValues: zip(rows, values))
        }
        var gains: [GainPredictor] = []
        for (rows, pairs) in together {
            var design = DesignMatrix(columns: space.surfaceCount)
            for row in rows { design.append(places[row].inputs.prefix(space.surfaceCount)) }
            let ordered = pairs.map { one, other in
                let lead = rows.reduce(0.0) { sum, row in
                    sum + (observations[row].scores[other] ?? 0) - (observations[row].scores[one] ?? 0)
                }
                return lead >= 0 ? (cheap: one, strong: other) : (cheap: other, strong: one)
            }
            let ridge = try ridge(
                design,
                ordered.map { pair in
                    rows.map {
                        (observations[$0].scores[pair.strong] ?? 0) - (observations[$0].scores[pair.cheap] ?? 0)
                    }
                })
            for (index, pair) in ordered.enumerated() {
                gains.append(
                    GainPredictor(
                        cheap: models[pair.cheap], strong: models[pair.strong],
                        weights: ridge.coefficients[row: index].map(Float.init), intercept: ridge.intercepts[index],
                        percentiles: percentiles(
                            zip(rows, ridge.leaveOneOut.column(index)).map { row, gain in
                                GainPredictor.need(
                                    gain: gain, cheap: probabilities[pair.cheap][row] ?? 0,
                                    strong: probabilities[pair.strong][row] ?? 0)
                            })))
            }
        }
        return gains.sorted { ($0.cheap, $0.strong) < ($1.cheap, $1.strong) }
    }

    /// Fits targets, each a list of one value a row; the penalties tried are proportional to the number of rows, as the Gram
    /// matrix of standardised features is.
    private static func ridge(
        _ design: DesignMatrix, _ targets: [[Double]]
    ) throws(TrainingError) -> RidgePath {
        let columns = Matrix(rows: targets.count, columns: design.rows, values: targets.flatMap(\.self))
        do throws(LinearAlgebraError) {
            return try RidgePath(
                design, targets: columns.transposed,
                alphas: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30].map { $0 * Double(design.rows) })
        } catch {
            throw .notFinite
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
