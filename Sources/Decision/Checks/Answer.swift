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
    /// The beginning of the text that checks read.
    package let bytes: [UInt8]
    /// Which of them occur.
    let marks: ByteSet

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
        let all = Array(text.utf8)
        bytes = all.count <= CheckBudget.mostBytes ? all : Array(all[..<CheckBudget.mostBytes])
        marks = ByteSet(of: bytes)
    }

    /// The last user turn: what was asked, examples and all.
    package var ask: String { prompt.messages.last { $0.role == .user }?.text ?? "" }

    // What several checks read, each piece read when the first of them asks for it.

    private(set) lazy var maths = MathsScanner.read(bytes.prefix(MathsScanner.mostBytes))
    private(set) lazy var words = Word.all(in: bytes[...])
    /// What was asked, as bytes.
    private(set) lazy var question = Array(ask.utf8)
    /// The end of it, where the form of the answer is asked for.
    private(set) lazy var request = question.suffix(1_500)
    private(set) lazy var requestWords = Word.all(in: request)
    private(set) lazy var options = AnswerOptions(in: question)
    private(set) lazy var asked = AskedQuestion(in: question, options: options)
    private(set) lazy var final = FinalAnswer(in: bytes, words)
    private(set) lazy var calls = WrittenCalls(in: self, bytes)
    private(set) lazy var tools = prompt.tools.map(ToolDeclaration.init)

    /// The words of the question itself, which mostly lies at the end of what was asked.
    private(set) lazy var askedWords = {
        let asked = asked.text
        return request.startIndex <= asked.startIndex
            ? Word.all(in: asked, of: question, requestWords) : Word.all(in: asked)[...]
    }()

    /// The words of a part of the text.
    mutating func words(of part: ArraySlice<UInt8>) -> ArraySlice<Word> { Word.all(in: part, of: bytes, words) }
}
