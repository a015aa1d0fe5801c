package import Dialogue

/// What kind of work a prompt asks for, how sure that is, and why.
package struct TaskClassification: Hashable, Sendable {
    package var taskClass: TaskClass
    /// The probability of the class, 0...1: calibrated where the heads decided, a fixed belief where structure did.
    package var confidence: Double
    /// What the class follows from.
    package var basis: ClassificationBasis
    /// What the heads say; nil if none are shipped.
    package var likeliest: TaskProbability?

    /// A sentence for people, without any text of the prompt.
    package var reason: String {
        let name = likeliest.map { $0.taskClass.rawValue } ?? "none"
        let probability = "\(Int(((likeliest?.probability ?? 0) * 100).rounded())) %"
        return switch basis {
        case .structure(let fact): fact
        case .wording: "the wording is like \(name) (\(probability))"
        case .doubt: "no class is likely enough: \(name) has \(probability)"
        case .noText: "there is no text to judge by"
        }
    }
}

/// What a task class follows from.
package enum ClassificationBasis: Hashable, Sendable {
    /// A fact of structure, as a sentence.
    case structure(String)
    /// The heads find one class likely enough.
    case wording
    /// The heads find none likely enough.
    case doubt
    case noText
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
