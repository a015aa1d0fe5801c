/// A token as the model wrote it, with how sure it was of it.
package struct TokenProbability: Hashable, Sendable {
    package let text: String
    /// The natural logarithm of its probability, at most 0.
    package let logProbability: Double
    /// That of the likeliest other token; nil where the provider gives none.
    package let runnerUp: Double?

    package init(text: String, logProbability: Double, runnerUp: Double? = nil) {
        self.text = text
        self.logProbability = logProbability
        self.runnerUp = runnerUp
    }
}
