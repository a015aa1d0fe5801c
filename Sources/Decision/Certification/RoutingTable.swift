internal import Glibc

/// What is needed to replay routing policies: for each prompt and model the score and cost that were recorded, and the
/// success and cost that were expected beforehand.
package struct RoutingTable: Sendable {
    package let models: [String]
    /// The place of the baseline among ``models``.
    package let baseline: Int
    package private(set) var prompts: [Prompt] = []

    package struct Prompt: Sendable {
        package var scores: [Double]
        /// Dollars.
        package var costs: [Double]
        /// Probabilities of success.
        package var probabilities: [Double]
        /// By how much each score is expected to exceed the baseline's.
        package var leads: [Double]
        /// Dollars.
        package var expectedCosts: [Double]
        /// Characters: what the simplest router goes by.
        package var length: Double

        package init(
            scores: [Double], costs: [Double], probabilities: [Double], leads: [Double], expectedCosts: [Double],
            length: Double
        ) {
            self.scores = scores
            self.costs = costs
            self.probabilities = probabilities
            self.leads = leads
            self.expectedCosts = expectedCosts
            self.length = length
        }

        /// The model with the greatest expected utility if a right answer is worth `value` dollars; the first of equals.
        package func choice(value: Double) -> Int {
            var best = (utility: -Double.infinity, model: 0)
            for model in leads.indices {
                let utility = leads[model] - expectedCosts[model] / value
                if utility > best.utility { best = (utility, model) }
            }
            return best.model
        }
    }

    package init(models: [String], baseline: Int) {
        self.models = models
        self.baseline = baseline
    }

    /// Whether some score is neither right nor wrong.
    package var isGraded: Bool { prompts.contains { $0.scores.contains { $0 != 0 && $0 != 1 } } }

    package mutating func append(_ prompt: Prompt) { prompts.append(prompt) }

    /// Values of a right answer from so high that cost is no matter to so low that nothing else is: geometric steps.
    package var values: [Double] {
        let costs = prompts.flatMap(\.expectedCosts).filter { $0 > 0 }
        guard let most = costs.max(), let least = costs.min() else { return [1] }
        let (high, low) = (most * 10_000, least / 10)
        let steps = 60
        return (0...steps).map { high * pow(low / high, Double($0) / Double(steps)) }
    }
}
