internal import Checks
internal import Dialogue

/// What a stream has said so far, as far as accounting and checks need it.
struct StreamAccount {
    private(set) var usage: TokenUsage?
    /// Whether ``usage`` counts the whole answer; what providers say of it ahead of the end is a beginning.
    private(set) var isUsageFinal = false
    /// Everything the model wrote, for counting where the provider sends no usage.
    var text: String { thinking + answerText + toolCalls.map { $0.name + $0.arguments }.joined() + alternatives }
    /// The bytes of ``text``.
    private(set) var writtenBytes = 0
    /// Whether it has come to its end: all choices that have begun have.
    var finished: Bool { hasEnded || hasFinished && open.isEmpty }
    private(set) var failure: APIFailure?
    var callsTools: Bool { !toolCalls.isEmpty }
    /// The answer's text, if it calls no tools.
    var plainText: String? { callsTools ? nil : answerText }
    private var answerText = ""
    private var thinking = ""
    /// What further choices say.
    private var alternatives = ""
    private var toolCalls: [ToolCall] = []
    private var tokens: [TokenProbability] = []
    private var finish = FinishReason.stop
    private var hasFinished = false
    private var hasEnded = false
    /// Further choices that have begun and not finished.
    private var open: Set<Int> = []

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
                hasFinished = true
                finish = reason
            case .alternative(let index, let event): add(event, of: index)
            case .end: hasEnded = true
            case .failure(let failure): self.failure = failure
            case .start, .thinkingSignature: break
            }
        }
    }

    /// Counts what a further choice says: nobody looks at it, but it is paid for and waited for.
    private mutating func add(_ event: CompletionEvent, of choice: Int) {
        switch event {
        case .text(let more), .refusal(let more), .thinking(let more), .toolCallStart(_, _, let more),
            .toolCallArguments(_, let more):
            alternatives += more
            writtenBytes += more.utf8.count
            open.insert(choice)
        case .finish: open.remove(choice)
        case .start, .tokens, .thinkingSignature, .alternative, .usage, .failure, .end: break
        }
    }

    /// The answer as checks look at it.
    func answer(to prompt: Prompt, taskClass: TaskClass) -> Answer {
        Answer(to: prompt, taskClass: taskClass, text: answerText, toolCalls: toolCalls, finish: finish, tokens: tokens)
    }
}
