internal import Agreement
internal import Cascade
internal import Checks
internal import Features
internal import Prediction
internal import Recordings

extension AnsweredPrompt {
    /// A recorded prompt with all of its answers looked at.
    init(
        _ recorded: RecordedPrompt, _ observation: Observation, inputTokens: Int, models: [String],
        with extractor: FeatureExtractor
    ) {
        let outcomes = models.map { recorded.outcomes[$0] }
        let answers = outcomes.map { outcome in
            outcome?.answer.map { answer in
                Answer(
                    to: recorded.prompt, taskClass: observation.prompt.taskClass, text: answer.text,
                    toolCalls: answer.toolCalls)
            }
        }
        self.init(
            group: observation.group, surface: observation.prompt.surface, scores: observation.scores,
            costs: outcomes.map { $0?.cost },
            // What is learned may not depend on how busy the machine is: no time limit that could be met.
            evidence: answers.map { answer in
                answer.map { AnswerEvidence(Check.findings(on: $0, within: CheckBudget(.seconds(60)))) }
            },
            likeness: AnswerGroups(
                answers.map { answer in answer.map { CanonicalAnswer(of: $0, with: extractor) } ?? .nothing }
            ).numbers,
            inputTokens: inputTokens)
    }
}
