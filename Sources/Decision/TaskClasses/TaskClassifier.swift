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
        let distribution = probabilities(features)
        func classified(
            _ taskClass: TaskClass, _ confidence: Double, _ basis: ClassificationBasis
        ) -> TaskClassification {
            TaskClassification(
                taskClass: taskClass, confidence: confidence, basis: basis, distribution: distribution)
        }
        if let rule = StructureRule.first(for: features.structure, prompt: prompt) {
            return classified(rule.taskClass, rule.confidence, .structure(rule.reason))
        }
        guard let best = distribution.first, !features.tokens.isEmpty else { return classified(.unknown, 0, .noText) }
        guard best.probability >= Self.leastConfidence else { return classified(.unknown, best.probability, .doubt) }
        return classified(best.taskClass, best.probability, .wording)
    }

    /// Softmax of the heads' outputs, likeliest first; ties keep the order of ``classes``.
    private func probabilities(_ features: PromptFeatures) -> [TaskProbability] {
        guard let head else { return [] }
        let outputs = head.outputs(dense: features.embedding, features.surface, tokens: features.tokens)
        let classes = Self.classes
        var most = -Float.infinity
        for place in classes.indices { most = max(most, outputs[place]) }
        var total = 0.0
        var likely: [TaskProbability] = []
        likely.reserveCapacity(classes.count)
        for place in classes.indices {
            let weight = Double(exp(outputs[place] - most))
            total += weight
            likely.append(TaskProbability(taskClass: classes[place], probability: weight))
        }
        for place in likely.indices { likely[place].probability /= total }
        likely.sort { $0.probability > $1.probability }
        return likely
    }
}
