package import Dialogue

/// How long answers of a model to prompts of a class were, as far as providers said it.
package struct OutputSum: Hashable, Sendable {
    package let model: ModelName
    package let taskClass: TaskClass
    package let answers: Int
    /// Output tokens of an answer.
    package let meanTokens: Double

    package init(model: ModelName, taskClass: TaskClass, answers: Int, meanTokens: Double) {
        self.model = model
        self.taskClass = taskClass
        self.answers = answers
        self.meanTokens = meanTokens
    }
}
