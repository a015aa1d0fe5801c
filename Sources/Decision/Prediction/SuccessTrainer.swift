internal import Dialogue
internal import Glibc
internal import LinearAlgebra
internal import QueryTypes
internal import Statistics

/// What is learned of pairs of models, beside each model by itself.
package enum PairLearning: Sendable {
    case nothing
    /// By how much one's score is expected to exceed the other's.
    case leads
    /// How much a prompt needs the stronger one as well.
    case needs
}

/// Fits a ``SuccessPredictor`` to recorded outcomes.
package enum SuccessTrainer {
    /// The fewest outcomes of a model to learn from.
    package static let leastOutcomes = 50
    /// The penalties that are tried, for a weight of one.
    static let penalties = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]

    /// Learns from observations whose scores are those of `models`, in order, with at least `least` of each; of pairs only what
    /// will be asked about.
    ///
    /// - Throws: which model has too few outcomes.
    package static func train(
        _ observations: [Observation], models: [String], least: Int = leastOutcomes, pairs: PairLearning = .needs
    ) throws(TrainingError) -> SuccessPredictor {
        try fit(placed(observations, models), least: least, pairs: pairs).predictor
    }

    /// Learns, and says for each observation what would be expected of each model by one who learned from all others; of
    /// models that were not asked, what the predictor expects.
    package static func trainHoldingOut(
        _ observations: [Observation], models: [String], pairs: PairLearning = .needs
    ) throws(TrainingError) -> (predictor: SuccessPredictor, heldOut: [[Double]]) {
        let placed = placed(observations, models)
        let (predictor, heldOut) = try fit(placed, least: leastOutcomes, pairs: pairs)
        var expected = [[Double]](
            repeating: [Double](repeating: .nan, count: models.count), count: observations.count)
        for (model, probabilities) in heldOut.enumerated() {
            for (row, probability) in zip(placed.outcomes[model].rows, probabilities) {
                expected[row][model] = probability
            }
            for row in expected.indices where expected[row][model].isNaN {
                expected[row][model] = predictor.models[model].probability(placed.cells[row], placed.inputs[row: row])
            }
        }
        return (predictor, expected)
    }

    private static func placed(_ observations: [Observation], _ models: [String]) -> PlacedOutcomes {
        PlacedOutcomes(observations, models: models, space: PromptSpace(of: observations.map(\.prompt)))
    }

    /// The predictor, and for each outcome of each model what would have been expected by one who learned from all others.
    static func fit(
        _ placed: PlacedOutcomes, least: Int, pairs: PairLearning = .needs
    ) throws(TrainingError) -> (predictor: SuccessPredictor, heldOut: [[Double]]) {
        for (model, outcomes) in zip(placed.models, placed.outcomes) where outcomes.rows.count < least {
            throw .tooFew(model: model, count: outcomes.rows.count, needed: least)
        }
        var predictors = [ModelPredictor?](repeating: nil, count: placed.models.count)
        var heldOut = [[Double]](repeating: [], count: placed.models.count)
        // Models that were asked the same prompts, with evidence of the same weight, share one decomposition.
        let groups = Dictionary(grouping: placed.models.indices) { model in
            WeightedRows(rows: placed.outcomes[model].rows, weights: placed.outcomes[model].weights)
        }
        for (shared, models) in groups {
            for (model, fit) in zip(models, try fit(models, of: placed, shared)) {
                predictors[model] = fit.predictor
                heldOut[model] = fit.heldOut
            }
        }
        let gains = pairs == .nothing ? [] : try GainTrainer(placed, heldOut, learnsNeeds: pairs == .needs).gains
        return (
            SuccessPredictor(models: predictors.compactMap(\.self), gains: gains, space: placed.space), heldOut
        )
    }

    private static func fit(
        _ models: [Int], of placed: PlacedOutcomes, _ shared: WeightedRows
    ) throws(TrainingError) -> [(predictor: ModelPredictor, heldOut: [Double])] {
        let cells = shared.rows.map { placed.cells[$0] }
        let weights = shared.weights
        let scores = models.map { placed.outcomes[$0].scores }
        let tables = scores.map {
            SuccessTable(fittedTo: $0, cells, weights: weights, types: placed.space.types.centres.count)
        }
        let fit = try TableFit.best(tables, scores, cells, weights, placed.inputs.selecting(shared.rows))
        return models.indices.map { index in
            let heldOut = fit.heldOut[index]
            let calibration = calibration(heldOut, scores[index], weights, of: fit.tables[index])
            let predictor = ModelPredictor(
                name: placed.models[models[index]], count: cells.count, table: fit.tables[index],
                weights: fit.ridge.coefficients[row: index].map(Float.init), intercept: fit.ridge.intercepts[index],
                calibration: calibration)
            return (predictor, heldOut.map { calibration.probability(of: $0) })
        }
    }

    /// What makes held-out estimates probabilities.
    ///
    /// Estimates that fall where scores rise tell nothing of the prompts: a mean without a score is the lower the higher the score
    /// was. Then the model is right as often as it was overall.
    private static func calibration(
        _ heldOut: [Double], _ scores: [Double], _ weights: [Double], of table: SuccessTable
    ) -> PlattCalibration {
        guard let fitted = PlattCalibration(scores: heldOut, outcomes: scores, weights: weights) else {
            return PlattCalibration(slope: 0, intercept: 0, weight: 0)
        }
        guard fitted.slope <= 0 else { return fitted }
        let odds = log(table.overallRate / (1 - table.overallRate))
        return PlattCalibration(slope: 0, intercept: odds, weight: fitted.weight)
    }

    /// Fits targets, each a list of one value a row, with one penalty for all or one for each; the penalties tried are
    /// proportional to the weight of all rows, as the Gram matrix of standardised features is.
    static func ridge(
        _ design: DesignMatrix, _ targets: [[Double]], weights: [Double], penalties: [Double] = penalties,
        choosesForEach: Bool = false
    ) throws(TrainingError) -> RidgePath {
        let weight = weights.reduce(0, +)
        let columns = Matrix(rows: targets.count, columns: design.rows, values: targets.flatMap(\.self))
        do throws(LinearAlgebraError) {
            return try RidgePath(
                design, targets: columns.transposed, weights: weights,
                alphas: penalties.map { $0 * weight }, choosesForEach: choosesForEach)
        } catch {
            throw .notFinite
        }
    }
}
