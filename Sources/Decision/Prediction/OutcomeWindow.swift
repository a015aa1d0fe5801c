/// The latest outcomes, from which a predictor is fitted anew from time to time.
///
/// A pure function of the outcomes taken in, in their order: whoever takes in the same ones learns the same bits, so that
/// what was learned survives a restart by being learned again. Bounded: outcomes beyond the latest ``limit`` prompts
/// are forgotten.
package struct OutcomeWindow: Sendable {
    /// The most prompts that are kept.
    package static let limit = 20_000
    /// The fewest outcomes to learn from, and the fewest of a model: below, its grade tells more.
    package static let least = 64
    package static let leastOfModel = 25

    private struct Row {
        let group: UInt64
        let features: [UInt8]
        var scores: [(model: Int, score: Double)]
    }

    /// Names by the number that rows use.
    private var models: [String] = []
    private var rows: [Row] = []
    /// The place of a group's latest row, counted from the first row ever.
    private var places: [UInt64: Int] = [:]
    private var forgotten = 0
    /// How many outcomes were taken in.
    package private(set) var count = 0

    package init() {}

    /// Takes in an outcome; a prompt that several models answered one after the other is one prompt.
    package mutating func add(model: String, score: Double, features: [UInt8], group: UInt64) {
        count += 1
        let number = models.firstIndex(of: model) ?? models.endIndex
        if number == models.endIndex { models.append(model) }
        if let place = places[group], place >= forgotten, rows[place - forgotten].features == features,
            !rows[place - forgotten].scores.contains(where: { $0.model == number })
        {
            rows[place - forgotten].scores.append((number, score))
            return
        }
        places[group] = forgotten + rows.count
        rows.append(Row(group: group, features: features, scores: [(number, score)]))
        // A tenth at a time, so that forgetting moves each row a few times only.
        if rows.count > Self.limit + Self.limit / 10 { forget(rows.count - Self.limit) }
    }

    private mutating func forget(_ count: Int) {
        for (offset, row) in rows.prefix(count).enumerated() where places[row.group] == forgotten + offset {
            places[row.group] = nil
        }
        rows.removeFirst(count)
        forgotten += count
    }

    /// Whether it is time to learn: after each eighth more, rounded to a power of two, and each 512 at the latest.
    package var isDue: Bool {
        guard count >= Self.least else { return false }
        var step = 8
        while step * 2 <= count / 8, step < 512 { step *= 2 }
        return count % step == 0
    }

    /// Fits a predictor of the models with enough outcomes; nil if there is none.
    package func predictor() -> SuccessPredictor? {
        var counts = [Int](repeating: 0, count: models.count)
        for row in rows { for score in row.scores { counts[score.model] += 1 } }
        let known = models.indices.filter { counts[$0] >= Self.leastOfModel }.sorted { models[$0] < models[$1] }
        guard !known.isEmpty else { return nil }
        var columns = [Int?](repeating: nil, count: models.count)
        for (column, model) in known.enumerated() { columns[model] = column }
        let observations = rows.compactMap { row -> Observation? in
            var scores = [Double?](repeating: nil, count: known.count)
            for score in row.scores { if let column = columns[score.model] { scores[column] = score.score } }
            guard scores.contains(where: { $0 != nil }), let prompt = PromptVector(encoded: row.features) else {
                return nil
            }
            return Observation(group: row.group, prompt: prompt, scores: scores)
        }
        return try? SuccessTrainer.train(observations, models: known.map { models[$0] }, least: Self.leastOfModel)
    }
}
