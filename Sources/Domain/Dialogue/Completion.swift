/// A model's whole answer in neutral words.
package struct Completion: Hashable, Sendable {
    /// The provider's id of the answer.
    package var id: String
    /// The model that the provider says has answered.
    package var model: String
    package var content: [ContentPart]
    package var finish: FinishReason
    /// The stop sequence that ended the answer, if the provider says.
    package var stopSequence: String?
    /// nil where the provider sent none.
    package var usage: TokenUsage?
    /// How sure the model was of each token of its text; empty where the provider does not say.
    package var tokens: [TokenProbability]
    /// What the further choices say, where several were asked for.
    package var alternatives: [[ContentPart]]

    package init(
        id: String, model: String, content: [ContentPart], finish: FinishReason, stopSequence: String? = nil,
        usage: TokenUsage? = nil, tokens: [TokenProbability] = [], alternatives: [[ContentPart]] = []
    ) {
        self.id = id
        self.model = model
        self.content = content
        self.finish = finish
        self.stopSequence = stopSequence
        self.usage = usage
        self.tokens = tokens
        self.alternatives = alternatives
    }

    /// The text parts, joined.
    package var text: String {
        content.reduce(into: "") { text, part in
            if case .text(let more) = part { text += more }
        }
    }
}

/// Why an answer ended.
package enum FinishReason: Hashable, Sendable {
    /// The model was done, or met a stop sequence.
    case stop
    /// The output limit was reached.
    case length
    case toolCalls
    case contentFilter
    /// The model declined.
    case refusal
    /// A reason that only the provider's format knows.
    case other(String)
}

/// One step of a streamed answer.
package enum CompletionEvent: Hashable, Sendable {
    case start(id: String, model: String)
    case text(String)
    /// How sure the model was of the tokens of its latest text.
    case tokens([TokenProbability])
    case refusal(String)
    case thinking(String)
    case thinkingSignature(String)
    /// A tool call begins; `index` counts the calls of this answer from 0.
    case toolCallStart(index: Int, id: String, name: String)
    /// More of a call's arguments, as JSON text.
    case toolCallArguments(index: Int, String)
    case finish(FinishReason, stopSequence: String?)
    /// Something of a further choice, where several were asked for; the first has number 0 and comes without this.
    indirect case alternative(Int, CompletionEvent)
    /// Usage so far: the last one holds.
    case usage(TokenUsage)
    /// The provider failed in the middle of the stream.
    case failure(APIFailure)
    /// The provider's own end mark.
    case end
}
