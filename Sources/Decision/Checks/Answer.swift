package import Dialogue

/// A model's answer with what it answers: all that a check may look at.
package struct Answer: Sendable {
    package let prompt: Prompt
    package let taskClass: TaskClass
    /// The answer's text parts, joined.
    package let text: String
    package let toolCalls: [ToolCall]
    package let finish: FinishReason
    /// The log-probability of each token of the text, in order; empty where the provider gives none.
    package let tokens: [TokenProbability]

    package init(
        to prompt: Prompt, taskClass: TaskClass, text: String, toolCalls: [ToolCall] = [],
        finish: FinishReason = .stop, tokens: [TokenProbability] = []
    ) {
        self.prompt = prompt
        self.taskClass = taskClass
        self.text = text
        self.toolCalls = toolCalls
        self.finish = finish
        self.tokens = tokens
    }
}
