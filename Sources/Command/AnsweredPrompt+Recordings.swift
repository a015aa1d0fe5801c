internal import Agreement
internal import Cascade
internal import Prediction
internal import Recordings

extension AnsweredPrompt {
    /// A recorded prompt with the answers of models that were looked at.
    init(
        _ recorded: RecordedPrompt, _ observation: Observation, inputTokens: Int, models: [String],
        answers: [LookedAnswer?]
    ) {
        self.init(
            group: observation.group, surface: observation.prompt.surface, scores: observation.scores,
            costs: models.map { recorded.outcomes[$0]?.cost }, evidence: answers.map { $0?.evidence },
            likeness: AnswerGroups(answers.map { $0?.canonical ?? .nothing }).numbers, inputTokens: inputTokens)
    }
}
