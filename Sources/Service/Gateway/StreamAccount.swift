internal import Checks
internal import Dialogue

/// What a stream has said so far, as far as accounting and checks need it.
struct StreamAccount {
    private(set) var usage: TokenUsage?
    /// Whether ``usage`` counts the whole answer; what providers say of it ahead of the end is a beginning.
    private(set) var isUsageFinal = false
    /// Everything the model wrote, for counting where the provider sends no usage.
    var text: String { thinking + answerText + toolCalls.map { $0.name + $0.arguments }.joined() }
    /// The bytes of ``text``.
    private(set) var writtenBytes = 0
    private(set) var finished = false
    private(set) var failure: APIFailure?
    var callsTools: Bool { !toolCalls.isEmpty }
    /// The answer's text, if it calls no tools.
    var plainText: String? { callsTools ? nil : answerText }
    private var answerText = ""
    private var thinking = ""
    private var toolCalls: [ToolCall] = []
    private var tokens: [TokenProbability] = []
    private var finish = FinishReason.stop

    mutating func add(_ events: [CompletionEvent]) {
        for event in events {
            switch event {
            case .text(let more), .refusal(let more):
                answerText += more
                writtenBytes += more.utf8.count
            case .thinking(let more):
                thinking += more
                writtenBytes += more.utf8.count
            case .tokens(let more): tokens += more
            case .toolCallStart(_, let id, let name):
                writtenBytes += name.utf8.count
                toolCalls.append(ToolCall(id: id, name: name, arguments: ""))
            case .toolCallArguments(let index, let more):
                writtenBytes += more.utf8.count
                if toolCalls.indices.contains(index) { toolCalls[index].arguments += more }
            case .usage(let usage):
                self.usage = usage
                isUsageFinal = finished
            case .finish(let reason, _):
                finished = true
                finish = reason
            case .end: finished = true
            case .failure(let failure): self.failure = failure
            case .start, .thinkingSignature: break
            }
        }
    }

    /// The answer as checks look at it.
    func answer(to prompt: Prompt, taskClass: TaskClass) -> Answer {
        Answer(to: prompt, taskClass: taskClass, text: answerText, toolCalls: toolCalls, finish: finish, tokens: tokens)
    }
}
