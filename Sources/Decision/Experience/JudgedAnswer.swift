package import Dialogue
package import Prediction

/// An answer of which it is known how right it was: numbers, no text.
package struct JudgedAnswer: Sendable {
    package var model: String
    /// From 0, wrong, to 1, right.
    package var score: Double
    /// How much that counts.
    package var weight: Double
    /// Equal for prompts that ask the same.
    package var group: UInt64
    package var taskClass: TaskClass
    /// The number of its prompt's query type; nil where there are no types.
    package var type: Int?
    /// The probability that was expected by somebody who did not know the outcome; nil where nobody expected anything.
    package var prior: Double?
    package var sketch: AnswerSketch

    /// An answer to a prompt whose query type a predictor tells.
    package init(
        model: String, score: Double, weight: Double = 1, group: UInt64, prompt: PromptVector, prior: Double?,
        sketch: AnswerSketch, by predictor: SuccessPredictor
    ) {
        self.model = model
        self.score = score
        self.weight = weight
        self.group = group
        taskClass = prompt.taskClass
        type = predictor.type(of: prompt)
        self.prior = prior
        self.sketch = sketch
    }

    var isAccepted: Bool { score >= 0.5 }
}
