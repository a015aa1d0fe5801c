package import Assets
package import Dialogue
import Embedding
package import Features
import Glibc

/// Names the task class of a prompt: structure decides where it speaks, trained heads elsewhere.
package struct TaskClassifier: Sendable {
    private let head: LinearHead?

    /// The classes that the heads know, in the order of their outputs.
    package static let classes: [TaskClass] = [
        .code, .maths, .creative, .factual, .reasoning, .classification, .summarisation, .extraction, .conversation,
        .translation,
    ]
    /// How many dense features the heads read: the embedding, then the surface signals.
    package static let denseFeatures = TokenEmbedding.dimensions + SurfaceSignal.allCases.count
    /// Below this probability of the likeliest class the answer is ``TaskClass/unknown``.
    package static let leastConfidence = 0.35

    /// A classifier on these heads; on structure alone if the asset holds none.
    package init(heads: Asset) {
        head = LinearHead(heads, denseFeatures: Self.denseFeatures)
    }

    /// The classifier on the shipped heads.
    package static let shipped = TaskClassifier(heads: .taskHeads)

    /// The class of a prompt with these features.
    package func classify(_ features: PromptFeatures, prompt: Prompt) -> TaskClassification {
        let likeliest = likeliest(features)
        func classified(
            _ taskClass: TaskClass, _ confidence: Double, _ basis: ClassificationBasis
        ) -> TaskClassification {
            TaskClassification(taskClass: taskClass, confidence: confidence, basis: basis, likeliest: likeliest)
        }
        if let rule = StructureRule.first(for: features.structure, prompt: prompt) {
            return classified(rule.taskClass, rule.confidence, .structure(rule.reason))
        }
        guard let best = likeliest, !features.tokens.isEmpty else { return classified(.unknown, 0, .noText) }
        guard best.probability >= Self.leastConfidence else { return classified(.unknown, best.probability, .doubt) }
        return classified(best.taskClass, best.probability, .wording)
    }

    /// The likeliest class by the softmax of the heads' outputs; of those that are alike the first of ``classes``.
    private func likeliest(_ features: PromptFeatures) -> TaskProbability? {
        guard let head else { return nil }
        let outputs = head.outputs(dense: features.embedding, features.surface, tokens: features.tokens)
        let classes = Self.classes
        var most = -Float.infinity
        for place in classes.indices { most = max(most, outputs[place]) }
        var (best, heaviest, total) = (0, 0.0, 0.0)
        for place in classes.indices {
            let weight = Double(exp(outputs[place] - most))
            total += weight
            if weight > heaviest { (best, heaviest) = (place, weight) }
        }
        return TaskProbability(taskClass: classes[best], probability: heaviest / total)
    }
}
