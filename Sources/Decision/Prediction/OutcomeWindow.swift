internal import Glibc

/// The latest outcomes, from which a predictor is fitted anew from time to time.
///
/// A pure function of the outcomes taken in, in their order: whoever takes in the same ones learns the same bits, so that
/// what was learned survives a restart by being learned again, query types with their numbers too. Bounded: outcomes beyond
/// the latest prompts are forgotten, and before that an outcome counts half as much with each ``halfLife``.
package struct OutcomeWindow: Sendable {
    /// The most prompts that are kept.
    package static let limit = 20_000
    /// After how many more outcomes one counts half.
    package static let halfLife = 20_000.0
    /// The fewest outcomes to learn from, and the fewest of a model to learn more of it than how often it was right.
    package static let least = 64
    package static let leastOfModel = 25

    /// A prompt with what is known of the answers to it.
    struct Row {
        let group: UInt64
        let features: [UInt8]
        /// How many outcomes had come before it.
        let time: Int
        var outcomes: [(model: Int, score: Double, weight: Double, id: String)]
    }

    private let limit: Int
    private let halfLife: Double
    /// Names by the number that rows use.
    private var models: [String] = []
    private var rows: [Row] = []
    /// The place of a group's latest row, counted from the first row ever.
    private var places: [UInt64: Int] = [:]
    private var forgotten = 0
    /// How many outcomes were taken in.
    package private(set) var count = 0
    /// Where prompts lie; query types grow in it.
    private var space: PromptSpace?
    /// The count at which types are looked at next.
    private var nextSpace = least

    package init(limit: Int = limit, halfLife: Double = halfLife) {
        self.limit = limit
        self.halfLife = halfLife
    }

    /// Takes in an outcome that counts as `weight` of a certain one.
    ///
    /// A prompt that several models answered one after the other is one prompt. `id` names the outcome to people.
    package mutating func add(
        model: String, score: Double, weight: Double = 1, features: [UInt8], group: UInt64, id: String = ""
    ) {
        count += 1
        let number = models.firstIndex(of: model) ?? models.endIndex
        if number == models.endIndex { models.append(model) }
        if let place = places[group], place >= forgotten, rows[place - forgotten].features == features,
            !rows[place - forgotten].outcomes.contains(where: { $0.model == number })
        {
            rows[place - forgotten].outcomes.append((number, score, weight, id))
        } else {
            places[group] = forgotten + rows.count
            rows.append(Row(group: group, features: features, time: count, outcomes: [(number, score, weight, id)]))
            // A tenth at a time, so that forgetting moves each row a few times only.
            if rows.count > limit + limit / 10 { forget(rows.count - limit) }
        }
        if count >= nextSpace { growTypes() }
    }

    private mutating func forget(_ count: Int) {
        for (offset, row) in rows.prefix(count).enumerated() where places[row.group] == forgotten + offset {
            places[row.group] = nil
        }
        rows.removeFirst(count)
        forgotten += count
    }

    private mutating func growTypes() {
        let step = max(rows.count / 2000, 1)
        let prompts = stride(from: 0, to: rows.count, by: step).compactMap { rows[$0].prompt }
        if !prompts.isEmpty { space = PromptSpace(of: prompts, before: space) }
        nextSpace = count + min(count / 2, 5000)
    }

    /// Whether it is time to learn: after each eighth more, rounded to a power of two, and each 512 at the latest.
    package var isDue: Bool {
        guard count >= Self.least else { return false }
        var step = 8
        while step * 2 <= count / 8, step < 512 { step *= 2 }
        return count % step == 0
    }

    /// Fits a predictor of the models with enough outcomes; nil if there is none.
    ///
    /// - Throws: why nothing can be learned from them.
    package func predictor() throws(TrainingError) -> SuccessPredictor? { try predictorHoldingOut()?.predictor }

    /// The predictor, and by an outcome's name what would have been expected by one who learned from all others.
    ///
    /// - Throws: why nothing can be learned from them.
    package func predictorHoldingOut() throws(TrainingError) -> (
        predictor: SuccessPredictor, expected: [String: Double]
    )? {
        var counts = [Int](repeating: 0, count: models.count)
        for row in rows { for outcome in row.outcomes { counts[outcome.model] += 1 } }
        let known = models.indices.filter { counts[$0] >= Self.leastOfModel }.sorted { models[$0] < models[$1] }
        guard !known.isEmpty else { return nil }
        var columns = [Int?](repeating: nil, count: models.count)
        for (column, model) in known.enumerated() { columns[model] = column }
        var placed = PlacedOutcomes(
            models: known.map { models[$0] }, space: space ?? PromptSpace(of: rows.compactMap(\.prompt)),
            prompts: rows.count)
        var ids = known.map { _ in [String]() }
        var glimpses: [String: SuccessTable.Tally] = [:]
        for row in rows {
            let share = exp2(-Double(count - row.time) / halfLife)
            var isPlaced = false
            for outcome in row.outcomes {
                let weight = outcome.weight * share
                guard let column = columns[outcome.model] else {
                    glimpses[models[outcome.model], default: SuccessTable.Tally()].add(
                        SuccessTable.Tally(successes: outcome.score * weight, weight: weight))
                    continue
                }
                if !isPlaced {
                    guard let prompt = row.prompt else { continue }
                    placed.append(prompt)
                    isPlaced = true
                }
                placed.add(outcome.score, of: column, weight: weight)
                ids[column].append(outcome.id)
            }
        }
        var (predictor, heldOut) = try SuccessTrainer.fit(placed, least: Self.leastOfModel)
        predictor.glimpses = glimpses
        var expected: [String: Double] = [:]
        for (ids, probabilities) in zip(ids, heldOut) {
            for (id, probability) in zip(ids, probabilities) { expected[id] = probability }
        }
        return (predictor, expected)
    }

    /// What is remembered of single answers, with the query types that the predictor has; nil before there are any.
    package var memory: FailureMemory? { space.map { FailureMemory(rows, models: models, space: $0) } }
}

extension OutcomeWindow.Row {
    var prompt: PromptVector? { PromptVector(encoded: features) }
}
