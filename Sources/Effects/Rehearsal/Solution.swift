internal import Dialogue
internal import Glibc

/// A task that was recognised, solved, and spoilt: what a strong model says, and what weaker ones say instead.
struct Solution: Sendable {
    enum Answer: Hashable, Sendable {
        case text(String)
        /// Arguments are JSON text.
        case calls([Call])
    }

    struct Call: Hashable, Sendable {
        var name: String
        var arguments: String
    }

    var answer: Answer
    /// From 0, which every model can do, to 1, which is beyond most.
    var difficulty: Double
    /// Plausible and wrong.
    var mistakes: [Answer]

    init(_ answer: Answer, difficulty: Double, mistakes: [Answer]) {
        self.answer = answer
        self.difficulty = min(max(difficulty, 0), 1)
        self.mistakes = mistakes.filter { $0 != answer }
    }

    init(_ text: String, difficulty: Double, mistakes: [String] = []) {
        self.init(.text(text), difficulty: difficulty, mistakes: mistakes.map { .text($0) })
    }
}

extension Solution {
    /// What a model of that grade answers.
    ///
    /// It is right with a probability that falls with difficulty (logistic), else it makes one of the mistakes. Well within
    /// its reach a model does not err.
    func attempt(grade: Int, chance: inout Chance) -> Answer {
        let ability = 0.2 + 0.19 * Double(grade)
        let margin = 9 * (ability - difficulty)
        // Both draws are always made: a model's choice of mistake does not depend on its skill.
        let luck = chance.unit()
        let mistake = mistakes.randomElement(using: &chance)
        guard let mistake, margin < 3, luck > Self.logistic(margin) else { return answer }
        return mistake
    }

    private static func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}
