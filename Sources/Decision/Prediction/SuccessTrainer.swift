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
    /// Learns from observations whose scores are those of `models`, in order, with at least `least` of each; `learnsGains` may be
    /// false where no pair will be asked about.
    ///
    /// `space` is the one to put prompts into; by default it is found among these.
    ///
    /// - Throws: which model has too few outcomes.
    package static func train(
        _ observations: [Observation], models: [String], least: Int = leastOutcomes, learnsGains: Bool = true,
        space: PromptSpace? = nil
    ) throws(TrainingError) -> SuccessPredictor {
        try trainHoldingOut(observations, models: models, least: least, learnsGains: learnsGains, space: space)
            .predictor
    }

    /// Learns, and says for each observation what would be expected of each model by one who learned from all others; of
    /// models that were not asked, what the predictor expects.
    package static func trainHoldingOut(
        _ observations: [Observation], models: [String], least: Int = leastOutcomes, learnsGains: Bool = true,
        space: PromptSpace? = nil
    ) throws(TrainingError) -> (predictor: SuccessPredictor, heldOut: [[Double]]) {
        let space = space ?? PromptSpace(of: observations.map(\.prompt))
        let places = observations.map { space.place(of: $0.prompt) }
        let present = models.indices.map { model in
            observations.indices.filter { observations[$0].scores[model] != nil }
        }
        for (model, rows) in zip(models, present) where rows.count < least {
            throw .tooFew(model: model, count: rows.count, needed: least)
        }
        let weights = models.indices.map { model in present[model].map { observations[$0].weight(of: model) } }
        // Models that were asked the same prompts, with evidence of the same weight, share one decomposition.
        var predictors = [ModelPredictor?](repeating: nil, count: models.count)
        var heldOut = [[Double]](repeating: [], count: models.count)
        for group in Dictionary(grouping: models.indices, by: { Shared(rows: present[$0], weights: weights[$0]) })
            .values
        {
            let rows = present[group[0]]
            let fitted = try fit(
                rows.map { places[$0] }, rows.map { observations[$0] }, weights[group[0]], group, models,
                types: space.types.centres.count)
            for (model, fit) in zip(group, fitted) {
                predictors[model] = fit.predictor
                heldOut[model] = fit.heldOut
            }
        }
        let predictor = SuccessPredictor(
            models: predictors.compactMap(\.self),
            gains: learnsGains
                ? try GainTrainer(observations, places, models: models, present: present, heldOut: heldOut, space).gains
                : [],
            space: space)
        var expected = places.map { predictor.probabilities($0) }
        for model in models.indices {
            for (row, probability) in zip(present[model], heldOut[model]) { expected[row][model] = probability }
        }
        return (predictor, expected)
    }

    private struct Shared: Hashable {
        let rows: [Int]
        let weights: [Double]
    }

    private static func fit(
        _ places: [PromptPlace], _ observations: [Observation], _ weights: [Double], _ group: [Int], _ models: [String],
        types: Int
    ) throws(TrainingError) -> [(predictor: ModelPredictor, heldOut: [Double])] {
        var design = DesignMatrix(columns: places.first?.inputs.count ?? 0)
        for place in places { design.append(place.inputs) }
        let scores = group.map { model in observations.map { $0.scores[model] ?? 0 } }
        let tables = scores.map { scores in
            var table = SuccessTable(types: types)
            for (row, place) in places.enumerated() {
                table.add(scores[row], taskClass: place.taskClass, type: place.type, weight: weights[row])
            }
            table.priors = priors(table, scores, places, weights)
            return table
        }
        let offsets = zip(tables, scores).map { table, scores in heldOutRates(table, scores, places, weights) }
        let targets = zip(scores, offsets).map { zip($0, $1).map { $0 - $1 } }
        let ridge = try ridge(design, targets, weights: weights)
        return group.indices.map { index in
            let heldOut = zip(ridge.leaveOneOut.column(index), offsets[index]).map { $0 + $1 }
            let calibration =
                PlattCalibration(scores: heldOut, outcomes: scores[index], weights: weights)
                ?? PlattCalibration(slope: 0, intercept: 0, weight: 0)
            let predictor = ModelPredictor(
                name: models[group[index]], count: observations.count, table: tables[index],
                weights: ridge.coefficients[row: index].map(Float.init), intercept: ridge.intercepts[index],
                calibration: calibration)
            return (predictor, heldOut.map { calibration.probability(of: $0) })
        }
    }

    /// What a table says of each score without it.
    private static func heldOutRates(
        _ table: SuccessTable, _ scores: [Double], _ places: [PromptPlace], _ weights: [Double]
    ) -> [Double] {
        places.indices.map { row in
            table.rate(
                places[row].taskClass, type: places[row].type,
                without: SuccessTable.Tally(successes: scores[row] * weights[row], weight: weights[row]))
        }
    }

    /// The prior weights with the least leave-one-out error.
    private static func priors(
        _ table: SuccessTable, _ scores: [Double], _ places: [PromptPlace], _ weights: [Double]
    ) -> SuccessTable.PriorWeights {
        var best = (error: Double.infinity, priors: SuccessTable.PriorWeights())
        for candidate in SuccessTable.PriorWeights.candidates {
            var trial = table
            trial.priors = candidate
            let rates = heldOutRates(trial, scores, places, weights)
            let error = scores.indices.reduce(0) { sum, row in
                sum + weights[row] * (scores[row] - rates[row]) * (scores[row] - rates[row])
            }
            if error < best.error { best = (error, candidate) }
        }
        return best.priors
    }

    /// Fits targets, each a list of one value a row; the penalties tried are proportional to the weight of all rows, as the
    /// Gram matrix of standardised features is.
    static func ridge(
        _ design: DesignMatrix, _ targets: [[Double]], weights: [Double]
    ) throws(TrainingError) -> RidgePath {
        let weight = weights.reduce(0, +)
        let columns = Matrix(rows: targets.count, columns: design.rows, values: targets.flatMap(\.self))
        do throws(LinearAlgebraError) {
            return try RidgePath(
                design, targets: columns.transposed, weights: weights,
                alphas: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30].map { $0 * weight })
        } catch {
            throw .notFinite
        }
    }
}
