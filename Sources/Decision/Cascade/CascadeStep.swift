/// What to do next with a prompt, and why.
package struct CascadeDecision: Hashable, Sendable {
    /// What is done next.
    package enum Step: Hashable, Sendable {
        /// Ask the model at this place in the cascade.
        case ask(Int)
        /// Hand out the answer with this index.
        case deliver(Int)
        /// There is no answer, and nobody left to ask.
        case none
    }

    package let step: Step
    /// The probability that the best answer so far is right; 0 without one.
    package let probability: Double
    /// What asking the best of the others is worth beyond it, as a probability of being right, its price taken off; nil where
    /// nobody is left to ask.
    package let gain: Double?

    /// A sentence for a person.
    package func reason(_ cascade: TrainedCascade) -> String {
        let percent = "\(Int((probability * 100).rounded())) %"
        switch step {
        case .none: return "nobody is left to ask"
        case .ask(let model) where probability == 0: return "\(cascade.models[model]) is the best to begin with"
        case .ask(let model):
            return "right with \(percent), and asking \(cascade.models[model]) is worth "
                + "\(Int(((gain ?? 0) * 100).rounded())) points more than it costs"
        case .deliver:
            guard gain != nil else { return "right with \(percent), and nobody may be asked any more" }
            return "right with \(percent), and asking anybody else is not worth its price"
        }
    }
}
