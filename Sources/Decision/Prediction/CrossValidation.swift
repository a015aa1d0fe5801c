package import Dialogue
package import Statistics

/// Predictions for every observation by a predictor that never saw its group.
package struct CrossValidation: Sendable {
    package let models: [String]
    package let observations: [Observation]
    /// For each observation the probability of success of each model.
    package private(set) var probabilities: [[Double]]

    /// How well one model's success was predicted.
    package struct ModelFigures: Sendable {
        package var name: String
        package var count: Int
        /// The share of right answers.
        package var rate: Double
        /// Nil if all answers were right or all wrong.
        package var area: Double?
        package var brier: Double
        /// The expected calibration error.
        package var error: Double { reliability.expectedCalibrationError }
        package var reliability: Reliability
    }

    /// Means over the models.
    package struct Summary: Sendable {
        package var area: Double
        package var areaInterval: Interval
        package var brier: Double
        package var error: Double
    }

    /// Trains once for each of `folds` parts.
    ///
    /// - Throws: which model has too few outcomes.
    package init(
        _ observations: [Observation], models: [String], folds: Int, seed: UInt64
    ) throws(TrainingError) {
        self.models = models
        self.observations = observations
        probabilities = [[Double]](repeating: [], count: observations.count)
        let parts = observations.map { PromptGroup.fold($0.group, of: folds, seed: seed) }
        for part in 0..<folds {
            let predictor = try SuccessTrainer.train(
                observations.indices.filter { parts[$0] != part }.map { observations[$0] }, models: models,
                pairs: .nothing)
            for index in observations.indices where parts[index] == part {
                probabilities[index] = predictor.probabilities(observations[index].prompt)
            }
        }
    }

    /// Figures of each model.
    package var perModel: [ModelFigures] { figures(Array(observations.indices)) }

    /// Figures of each model on the prompts of one task class, for each class that occurs, the most frequent first.
    package var perClass: [(taskClass: TaskClass, models: [ModelFigures])] {
        Dictionary(grouping: observations.indices, by: { observations[$0].prompt.taskClass })
            .sorted { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }
            .map { ($0.key, figures($0.value)) }
    }

    private func figures(_ rows: [Int]) -> [ModelFigures] {
        models.indices.map { model in
            let (p, y) = pairs(model, rows)
            return ModelFigures(
                name: models[model], count: y.count, rate: y.reduce(0, +) / Double(max(y.count, 1)),
                area: Discrimination.areaUnderCurve(scores: p, outcomes: y),
                brier: ProbabilityScores.brier(probabilities: p, outcomes: y) ?? 0,
                reliability: Reliability(probabilities: p, outcomes: y))
        }
    }

    /// Means over the models with the interval of the area over prompts.
    package func summary(draws: Int, seed: UInt64) -> Summary {
        let figures = perModel
        let count = Double(max(figures.count, 1))
        let area = meanArea(Array(observations.indices)) ?? 0.5
        let interval = Bootstrap(draws: draws, seed: seed).interval(groups: groups) { meanArea($0) }
        return Summary(
            area: area, areaInterval: interval ?? Interval(lower: area, upper: area),
            brier: figures.reduce(0) { $0 + $1.brier } / count, error: figures.reduce(0) { $0 + $1.error } / count)
    }

    /// The observations of each group.
    private var groups: [[Int]] {
        Dictionary(grouping: observations.indices, by: { observations[$0].group }).values.sorted { $0[0] < $1[0] }
    }

    private func meanArea(_ rows: [Int]) -> Double? {
        let areas = models.indices.compactMap { model in
            let (p, y) = pairs(model, rows)
            return Discrimination.areaUnderCurve(scores: p, outcomes: y)
        }
        return areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
    }

    private func pairs(_ model: Int, _ rows: [Int]) -> (probabilities: [Double], outcomes: [Double]) {
        var result: (probabilities: [Double], outcomes: [Double]) = ([], [])
        for row in rows {
            guard let score = observations[row].scores[model] else { continue }
            result.probabilities.append(probabilities[row][model])
            result.outcomes.append(score)
        }
        return result
    }
}
