package import Dialogue
import Embedding

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
    /// The beginning of the text that is read.
    package private(set) var bytes: [UInt8]
    /// Which of them occur.
    private(set) var marks: ByteSet

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

    /// The same answer, of which no more than this is read.
    package func reading(atMost count: Int) -> Answer {
        var shorter = Answer(
            to: prompt, taskClass: taskClass, text: text, toolCalls: toolCalls, finish: finish, tokens: tokens)
        shorter.bytes = Array(bytes.prefix(count))
        shorter.marks = ByteSet(of: shorter.bytes)
        return shorter
    }

    /// The last user turn: what was asked, examples and all.
    package var ask: String { prompt.messages.last { $0.role == .user }?.text ?? "" }

    // What is read by several, each piece when the first of them asks for it.

    private(set) lazy var maths = MathsScanner.read(bytes.prefix(MathsScanner.mostBytes))
    private(set) lazy var lowercased = LowercasedText(bytes.span)
    private(set) lazy var words = lowercased.words(from: 0, digitsAreJoined: true)
    /// What was asked, as bytes.
    private(set) lazy var question = Array(ask.utf8)
    /// The end of it, where the form of the answer is asked for.
    private(set) lazy var request = question.suffix(1_500)
    private(set) lazy var lowercasedRequest = LowercasedText(request.span)
    private(set) lazy var requestWords = lowercasedRequest.words(from: request.startIndex, digitsAreJoined: true)
    /// The options that it gives.
    package private(set) lazy var options = AnswerOptions(in: question)
    private(set) lazy var asked = AskedQuestion(in: question, options: options)
    /// What it comes to; nil if nothing but running text is found.
    package private(set) lazy var final = FinalAnswer(in: bytes, words, marks)
    /// The tools that it calls.
    package private(set) lazy var calls = WrittenCalls(in: self)
    private(set) lazy var tools = prompt.tools.map(ToolDeclaration.init)

    /// The words of the question itself, which mostly lies at the end of what was asked.
    private(set) lazy var askedWords = {
        let asked = asked.text
        return request.startIndex <= asked.startIndex
            ? Word.all(in: asked, of: question, requestWords) : Word.all(in: asked)[...]
    }()

    /// The words of a part of the text.
    mutating func words(of part: ArraySlice<UInt8>) -> ArraySlice<Word> { Word.all(in: part, of: bytes, words) }

    /// Whether one of some phrases stands at the end of what was asked.
    package mutating func isAsked(for phrases: PhraseList) -> Bool {
        let end = question.suffix(400)
        return !phrases.ranges(in: end, words: Word.all(in: end, of: question, requestWords), limit: 1).isEmpty
    }
}
