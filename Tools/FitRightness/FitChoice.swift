import Statistics

/// Chooses the settings of a fit, seeing nothing but the parts that it is fitted on.
enum FitChoice {
    /// The settings that do best on each of these parts when fitted on the others: mean area under the curve over the models
    /// of a part, then over parts.
    static func best(for parts: [RecordedPart]) -> SignedFit.Settings {
        let judged = SignedFit.Settings.all.map { settings in
            let areas = parts.map { part in
                let weights = SignedFit(parts.filter { $0.name != part.name }, settings).weights
                return ModelMeans(part, by: part.rows.map { $0.score(by: weights) }).area(part.rows.indices.map { $0 })
            }
            return (settings: settings, area: areas.reduce(0) { $0 + ($1 ?? 0.5) })
        }
        return judged.max { $0.area < $1.area }?.settings ?? SignedFit.Settings.all[0]
    }
}

/// What scores are worth in the mean of the models of a part.
struct ModelMeans {
    private let scores: [Double]
    private let outcomes: [Double]
    private let models: [Int]
    private let modelCount: Int

    init(_ part: RecordedPart, by scores: [Double]) {
        self.scores = scores
        outcomes = part.rows.map { $0.score >= 0.5 ? 1.0 : 0 }
        let byModel = part.models
        var models = [Int](repeating: 0, count: scores.count)
        for (model, places) in byModel.enumerated() { for place in places { models[place] = model } }
        (self.models, modelCount) = (models, byModel.count)
    }

    /// The area under the curve; nil where no model has both right and wrong answers.
    func area(_ places: [Int]) -> Double? {
        mean(places) { Discrimination.areaUnderCurve(scores: $0, outcomes: $1) }
    }

    /// The share of wrong answers caught when `needless` of the right ones are questioned.
    func caught(_ places: [Int], needless: Double) -> Double? {
        mean(places) { Caught.share($0, $1, needless: needless) }
    }

    private func mean(_ places: [Int], _ statistic: ([Double], [Double]) -> Double?) -> Double? {
        var own = [(scores: [Double], outcomes: [Double])](repeating: ([], []), count: modelCount)
        for place in places {
            own[models[place]].scores.append(scores[place])
            own[models[place]].outcomes.append(outcomes[place])
        }
        let values = own.compactMap { statistic($0.scores, $0.outcomes) }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
