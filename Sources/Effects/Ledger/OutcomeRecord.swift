package import Dialogue

/// Evidence that a model's answer to a prompt was right or wrong.
///
/// It holds numbers that describe the prompt, never the prompt or the answer.
package struct OutcomeRecord: Hashable, Sendable {
    /// Where evidence comes from.
    package enum Source: String, CaseIterable, Sendable {
        /// Compared with a reference answer, as in an evaluation.
        case reference
        /// What the answer says was carried out.
        case execution
        /// Compared with the baseline's answer to the same prompt.
        case shadow
        /// A reviewer's judgement.
        case review
        /// What the caller said of the answer.
        case feedback
        /// The user's next turn disputes the answer.
        case pushback

        /// How much one such outcome counts.
        package var weight: Double {
            switch self {
            case .reference, .review: 1
            case .execution: 0.9
            case .shadow: 0.8
            case .feedback: 0.5
            case .pushback: 0.3
            }
        }
    }

    /// The name of what a source says of an exchange's delivered answer.
    package static func id(_ source: Source, of exchange: ExchangeID) -> String { "\(source.rawValue)/\(exchange)" }

    /// Names the evidence: of two records with one id the first counts.
    package var id: String
    /// Microseconds since 1970.
    package var time: Int64
    package var source: Source
    package var weight: Double
    package var model: ModelName
    /// From 0, wrong, to 1, right.
    package var score: Double
    /// The exchange it is about; nil for evidence from elsewhere.
    package var exchange: ExchangeID?
    package var taskClass: TaskClass
    package var prompt: PromptSketch
    /// What is kept of the answer: numbers from which its text cannot be told; nil where nothing looked at it.
    package var answer: [UInt8]?

    package init(
        id: String, time: Int64, source: Source, weight: Double? = nil, model: ModelName, score: Double,
        exchange: ExchangeID? = nil, taskClass: TaskClass, prompt: PromptSketch, answer: [UInt8]? = nil
    ) {
        self.id = id
        self.time = time
        self.source = source
        self.weight = weight ?? source.weight
        self.model = model
        self.score = score
        self.exchange = exchange
        self.taskClass = taskClass
        self.prompt = prompt
        self.answer = answer
    }
}

/// What is kept of a prompt to learn from: numbers from which its text cannot be told.
package struct PromptSketch: Hashable, Sendable {
    /// The features as the predictor encodes them.
    package var features: [UInt8]
    /// Equal for prompts that ask the same.
    package var group: UInt64
    /// The probability with which the answering model was chosen; 0 where an error or a judgement of another answer chose it,
    /// which no probability tells.
    package var propensity: Double
    /// The probability that the answering model would be right, as predicted; nil where nothing was known of it.
    package var predicted: Double?

    package init(features: [UInt8], group: UInt64, propensity: Double = 1, predicted: Double? = nil) {
        self.features = features
        self.group = group
        self.propensity = propensity
        self.predicted = predicted
    }
}
