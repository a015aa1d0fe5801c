package import Dialogue

/// What kind of work a prompt asks for, how sure that is, and why.
package struct TaskClassification: Hashable, Sendable {
    package var taskClass: TaskClass
    /// The probability of the class, 0...1: calibrated where the heads decided, a fixed belief where structure did.
    package var confidence: Double
    /// A sentence for people, without any text of the prompt.
    package var reason: String
    /// What the heads say, likeliest first; empty if no heads are shipped.
    package var distribution: [TaskProbability]
}

/// One class and its probability by the heads.
package struct TaskProbability: Hashable, Sendable {
    package var taskClass: TaskClass
    package var probability: Double

    package init(taskClass: TaskClass, probability: Double) {
        self.taskClass = taskClass
        self.probability = probability
    }
}
