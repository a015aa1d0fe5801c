/// The promise that a routing policy loses little against a baseline, and what it rests on.
package struct Certificate: Hashable, Sendable {
    /// The day it was written, UTC, such as `2026-11-24`.
    package var date: String
    /// The loss that the policy stays under, as a share of right answers.
    package var bound: Double
    package var confidence: Double
    package var pairs: Int
    package var harms: Int
    package var gains: Int
    /// Pairs that the comparison could not decide; each counts as a harm.
    package var undecided: Int
    /// The loss that was observed.
    package var loss: Double
    /// The share of the baseline's cost that was saved.
    package var saving: Double
    package var policy: Policy
    /// SHA-256 of the predictor's file, in hexadecimal.
    package var predictor: String

    /// The policy that the promise is about: greatest expected utility.
    package struct Policy: Hashable, Sendable {
        package var models: [Model]
        package var baseline: String
        /// What a right answer is worth, in dollars.
        package var value: Double
        /// The most models that are asked of a prompt, one after the other; 1 for a policy that looks at no answer.
        package var mostAnswers: Int

        package init(models: [Model], baseline: String, value: Double, mostAnswers: Int = 1) {
            self.models = models
            self.baseline = baseline
            self.value = value
            self.mostAnswers = mostAnswers
        }
    }

    /// A model with the cost that the policy expects of it: a base and so much for each input token, in dollars.
    package struct Model: Hashable, Sendable {
        package var name: String
        package var baseCost: Double
        package var costPerToken: Double

        package init(name: String, baseCost: Double, costPerToken: Double) {
            self.name = name
            self.baseCost = baseCost
            self.costPerToken = costPerToken
        }

        package func cost(inputTokens: Int) -> Double { baseCost + costPerToken * Double(inputTokens) }
    }

    package init(
        date: String, bound: Double, confidence: Double, pairs: Int, harms: Int, gains: Int, undecided: Int,
        loss: Double, saving: Double, policy: Policy, predictor: String
    ) {
        self.date = date
        self.bound = bound
        self.confidence = confidence
        self.pairs = pairs
        self.harms = harms
        self.gains = gains
        self.undecided = undecided
        self.loss = loss
        self.saving = saving
        self.policy = policy
        self.predictor = predictor
    }

    /// Why it says nothing of a route; nil if it holds for it.
    ///
    /// `predictor` is the SHA-256 of the one in force, in hexadecimal, `models` are what the route may choose among, `loss` is
    /// the greatest that it may have, and `mostAnswers` how many models it may ask of a prompt.
    package func mismatch(
        predictor: String, models: Set<String>, baseline: String, loss: Double, mostAnswers: Int = 1
    ) -> String? {
        if self.predictor != predictor { return "the certificate is about another predictor" }
        if policy.baseline != baseline { return "the certificate compares with \(policy.baseline)" }
        if Set(policy.models.map(\.name)) != models { return "the certificate is about other models" }
        if policy.mostAnswers != mostAnswers {
            return "the certificate is about asking at most \(policy.mostAnswers) models of a prompt"
        }
        if bound > loss { return "the certificate allows a greater loss" }
        return nil
    }
}
