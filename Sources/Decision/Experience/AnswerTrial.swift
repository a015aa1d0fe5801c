package import Prediction
package import Statistics

/// How well right answers are told from wrong ones, part by part, by what was learned of the other parts' outcomes as a
/// gateway learns them.
package struct AnswerTrial: Sendable {
    /// A recorded answer with its outcome.
    package struct Recorded: Sendable {
        package var model: String
        /// From 0, wrong, to 1, right.
        package var score: Double
        /// Equal for prompts that ask the same.
        package var group: UInt64
        package var prompt: PromptVector
        package var sketch: AnswerSketch

        package init(model: String, score: Double, group: UInt64, prompt: PromptVector, sketch: AnswerSketch) {
            self.model = model
            self.score = score
            self.group = group
            self.prompt = prompt
            self.sketch = sketch
        }
    }

    /// What an answer is judged by.
    package enum Way: String, CaseIterable, Sendable {
        case shipped = "shipped weights"
        case expected = "shipped weights, and what was expected of the model"
        case evidence = "learned weights, without semantics"
        case semantics = "learned weights"
    }

    /// How well one way does, in the mean over the models and the parts.
    package struct Figures: Sendable {
        package var way: Way
        package var area: Double
        package var areaInterval: Interval
        /// The share of wrong answers that is caught when a tenth of the right ones is doubted needlessly.
        package var caught: Double
        package var caughtInterval: Interval
        /// The expected calibration error.
        package var error: Double
    }

    package private(set) var figures: [Figures] = []
    /// How many outcomes were learned from, in the mean over the parts.
    package let learned: Int
    package let judged: Int

    /// Learns from at most `count` outcomes of the other parts, drawn by the seed; nil for all of them.
    ///
    /// - Throws: why nothing can be learned.
    package init(
        _ answers: [Recorded], folds: Int, count: Int?, seed: UInt64, draws: Int
    ) throws(TrainingError) {
        let parts = answers.map { PromptGroup.fold($0.group, of: folds, seed: seed) }
        var probabilities = Way.allCases.map { _ in [Double](repeating: 0.5, count: answers.count) }
        var total = 0
        for part in 0..<folds {
            var others = answers.indices.filter { parts[$0] != part }
            var generator = Xoshiro256(seed: seed)
            generator.drawOrder(of: &others)
            let learned = others.prefix(count ?? others.count).map { answers[$0] }
            total += learned.count
            let known = try AnswerTrialKnowledge(learned)
            for place in answers.indices where parts[place] == part {
                for (way, p) in known.probabilities(answers[place]).enumerated() { probabilities[way][place] = p }
            }
        }
        learned = total / folds
        judged = answers.count
        let scores = answers.map(\.score)
        let names = Set(answers.map(\.model)).sorted()
        let models = answers.map { answer in names.firstIndex(of: answer.model) ?? 0 }
        // Parts are measured apart: what was learned for one has another scale than what was learned for the next.
        let cells = answers.indices.map { models[$0] * folds + parts[$0] }
        let groups = Dictionary(grouping: answers.indices, by: { answers[$0].group }).values.sorted { $0[0] < $1[0] }
        let bootstrap = Bootstrap(draws: draws, seed: seed)
        for (way, p) in zip(Way.allCases, probabilities) {
            func mean(_ rows: [Int], of cells: [Int], _ measure: ([Double], [Double]) -> Double?) -> Double? {
                var own = [[Int]](repeating: [], count: names.count * folds)
                for row in rows { own[cells[row]].append(row) }
                let found = own.filter { !$0.isEmpty }
                    .compactMap { rows in measure(rows.map { p[$0] }, rows.map { scores[$0] }) }
                return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
            }
            let area = { Discrimination.areaUnderCurve(scores: $0, outcomes: $1) }
            let caught = { Discrimination.failuresCaught(scores: $0, outcomes: $1, needless: 0.1) }
            let none = Interval(lower: 0, upper: 1)
            let all = Array(answers.indices)
            figures.append(
                Figures(
                    way: way, area: mean(all, of: cells, area) ?? 0.5,
                    areaInterval: bootstrap.interval(groups: groups) { mean($0, of: cells, area) } ?? none,
                    caught: mean(all, of: cells, caught) ?? 0,
                    caughtInterval: bootstrap.interval(groups: groups) { mean($0, of: cells, caught) } ?? none,
                    error: mean(all, of: models) {
                        Reliability(probabilities: $0, outcomes: $1).expectedCalibrationError
                    } ?? 0))
        }
    }
}
