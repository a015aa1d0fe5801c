package import Dialogue

/// How long models' answers are, by task class: learned from what providers say of the calls made.
///
/// A mean that follows the last 200 answers or so, beside which what is typical of the class counts as ten.
package struct OutputHabits: Sendable {
    private struct Mean {
        var count = 0.0
        var tokens = 0.0

        mutating func take(_ more: Double, count answers: Int) {
            count = min(count + Double(answers), OutputHabits.mostCount)
            tokens += (more - tokens) * min(Double(answers) / count, 1)
        }
    }

    /// For each task class, by its place, what was noted of models.
    private var means = [[ModelName: Mean]](repeating: [:], count: TaskClass.allCases.count)

    private static let typicalWorth = 10.0
    private static let mostCount = 200.0

    package init() {}

    /// Whether nothing was noted yet.
    package private(set) var isEmpty = true

    /// Takes note of answers of a model to prompts of a class, so many output tokens each in the mean.
    package mutating func note(_ tokens: Double, of model: ModelName, in taskClass: TaskClass, count: Int = 1) {
        isEmpty = false
        means[taskClass.place][model, default: Mean()].take(tokens, count: count)
    }

    /// Output tokens expected of a model where so many are `typical` of the class.
    package func tokens(of model: ModelName, in taskClass: TaskClass, typical: Int) -> Int {
        guard let mean = means[taskClass.place][model] else { return typical }
        let sum = Self.typicalWorth * Double(typical) + mean.count * mean.tokens
        return Int((sum / (Self.typicalWorth + mean.count)).rounded())
    }
}
