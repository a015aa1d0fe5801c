internal import Cascade
internal import Features
internal import Prediction
internal import Recordings
internal import TaskClasses

/// What is made of recorded answers.
enum AnswerReading {
    case none
    /// What the checks find in them.
    case evidence
    /// That, and what is kept of them to learn from.
    case sketches
}

/// A recorded prompt, looked at: its features, and what was made of its answers.
struct LookedPrompt: Sendable {
    let observation: Observation
    /// What a gateway knows ahead of the call: its own estimate, not the provider's count.
    let inputTokens: Int
    /// Nil unless answers were asked for.
    let answered: AnsweredPrompt?
    /// For each model the stored form of its answer's sketch; nil where there is none, or nobody asked for it.
    let sketches: [[UInt8]?]

    init(_ recorded: RecordedPrompt, models: [String], answers: AnswerReading, with extractor: FeatureExtractor) {
        let features = extractor.features(of: recorded.prompt)
        let taskClass = TaskClassifier.shipped.classify(features, prompt: recorded.prompt).taskClass
        inputTokens = features.inputTokens
        observation = Observation(
            group: PromptGroup.of(recorded.question), prompt: PromptVector(features, taskClass: taskClass),
            scores: models.map { recorded.outcomes[$0]?.score })
        guard answers != .none else {
            (answered, sketches) = (nil, [])
            return
        }
        let looked = models.map { model in
            recorded.outcomes[model]?.answer.map { answer in
                LookedAnswer(
                    answer, to: recorded.prompt, taskClass: taskClass, with: extractor, sketches: answers == .sketches)
            }
        }
        answered = AnsweredPrompt(recorded, observation, inputTokens: inputTokens, models: models, answers: looked)
        sketches = looked.map { $0?.sketch }
    }

    /// Prompts that are looked at by one task.
    private static let share = 256

    /// Looks at all of them, as many shares at once as there are cores, and gives them in their order.
    static func all(_ prompts: [RecordedPrompt], models: [String], answers: AnswerReading) async -> [LookedPrompt] {
        let shares = await concurrently((prompts.count + share - 1) / share) { number in
            let extractor = FeatureExtractor()
            return prompts.dropFirst(number * share).prefix(share).map {
                LookedPrompt($0, models: models, answers: answers, with: extractor)
            }
        }
        return Array(shares.joined())
    }
}
