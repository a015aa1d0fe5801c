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
        if let rule = StructureRule.first(for: features.structure, prompt: prompt) {
            return TaskClassification(
                taskClass: rule.taskClass, confidence: rule.confidence, reason: rule.reason, distribution: distribution)
        }
        guard let best = distribution.first, !features.tokens.isEmpty else {
            return TaskClassification(
                taskClass: .unknown, confidence: 0, reason: "there is no text to judge by", distribution: distribution)
        }
        guard best.probability >= Self.leastConfidence else {
            let reason = "no class is likely enough: \(best.taskClass.rawValue) has \(Self.percent(best.probability))"
            return TaskClassification(
                taskClass: .unknown, confidence: best.probability, reason: reason, distribution: distribution)
        }
        return TaskClassification(
            taskClass: best.taskClass, confidence: best.probability,
            reason: "the wording is like \(best.taskClass.rawValue) (\(Self.percent(best.probability)))",
            distribution: distribution)
    }

    /// Softmax of the heads' outputs, likeliest first; ties keep the order of ``classes``.
    private func probabilities(_ features: PromptFeatures) -> [TaskProbability] {
        guard let head else { return [] }
        let outputs = head.outputs(dense: features.embedding + features.surface, tokens: features.tokens)
        let most = Self.classes.indices.reduce(-Float.infinity) { max($0, outputs[$1]) }
        let exponentials = Self.classes.indices.map { Double(exp(outputs[$0] - most)) }
        let total = exponentials.reduce(0, +)
        let pairs = zip(Self.classes, exponentials).map { TaskProbability(taskClass: $0, probability: $1 / total) }
        return pairs.sorted { $0.probability > $1.probability }
    }

    private static func percent(_ probability: Double) -> String { "\(Int((probability * 100).rounded())) %" }
}
