package import Checks
internal import Dialogue
package import Features

/// An answer reduced to what it says, so that two answers can be compared whatever their wording.
package enum CanonicalAnswer: Hashable, Sendable {
    /// The tools called and what they were given; without a call as well.
    case calls([UInt8])
    /// The place of the option chosen among those that the question gives.
    case option(Int)
    case number(Double)
    /// JSON, a literal, or a few words.
    case value([UInt8])
    case code([UInt8])
    case prose(Prose)
    /// Nothing that could be compared: it is empty, or was cut off before it came to its point.
    case nothing
}

/// What is compared of running text.
package struct Prose: Hashable, Sendable {
    /// Its place in the similarity embedding, a unit vector; empty where nobody asked for it.
    package let vector: [Float]
    /// The numbers that it names.
    package let numbers: Set<Double>

    package init(vector: [Float], numbers: Set<Double>) {
        self.vector = vector
        self.numbers = numbers
    }
}

extension CanonicalAnswer {
    /// The most of a text that is read.
    static let mostBytes = 1 << 16

    /// What an answer says, by the kind of its question.
    ///
    /// Where tools are offered, whether and how they are called; where there are options, which one; else the answer that is
    /// stated, the JSON or the code that was asked for, the number where one was asked for, and the whole text where
    /// nothing tells what its point is. Without an extractor running text has no vector, and resembles nothing.
    package init(of answer: Answer, with extractor: FeatureExtractor?) {
        let text = Array(answer.text.utf8.prefix(Self.mostBytes))
        if answer.asksForCalls {
            self = .calls(CanonicalCalls.bytes(of: WrittenCalls(in: answer).calls))
            return
        }
        guard !text[...].trimmed.isEmpty else {
            self = .nothing
            return
        }
        if let options = AnswerOptions(in: Array(answer.ask.utf8)) {
            self = options.chosen(in: text).map { .option($0) } ?? .nothing
            return
        }
        self = Self.stated(in: text, of: answer) ?? .prose(Prose(answer.text, text, extractor))
    }

    private static func stated(in text: [UInt8], of answer: Answer) -> CanonicalAnswer? {
        let final = FinalAnswer(in: text)
        if let final, final.form == .boxed || final.form == .member {
            return short(text[final.range], of: answer, foldingCase: false)
        }
        if let value = CanonicalValue.whole(text) { return .value(value) }
        if answer.taskClass == .code, let code = CanonicalCode.bytes(of: text) { return .code(code) }
        guard let final else { return nil }
        if final.form == .implied, !answer.asksForNumber { return nil }
        return short(text[final.range], of: answer, foldingCase: true)
    }

    /// A number if it has one and no more, or the last where one was asked for; else a literal or words.
    private static func short(_ text: ArraySlice<UInt8>, of answer: Answer, foldingCase: Bool) -> CanonicalAnswer {
        let bare = CanonicalValue.unquoted(text)
        // What stands in a field of its own is a number only if it is nothing else; in running text it may have a unit.
        let isWords =
            foldingCase
            ? bare.contains { "[]{}".utf8.contains($0) } : bare.contains { $0.isLetter || "[]{}()".utf8.contains($0) }
        let isQuoted = !foldingCase && bare.count < text.trimmed.count
        if !isWords, !isQuoted {
            let numbers = OptionValue.numbers(in: bare)
            if let last = numbers.last, bare.count <= 60, numbers.count == 1 || answer.asksForNumber {
                return .number(last)
            }
        }
        return .value(CanonicalValue.bytes(ofLiteral: bare, foldingCase: foldingCase))
    }
}

extension Prose {
    fileprivate init(_ text: String, _ bytes: [UInt8], _ extractor: FeatureExtractor?) {
        vector = extractor?.similarityVector(of: text) ?? []
        numbers = Set(bytes.split { !$0.isDigit }.compactMap { Double(String(decoding: $0.prefix(15), as: UTF8.self)) })
    }
}

extension Answer {
    /// Whether it is a matter of calling tools: they are offered, and none has just answered.
    fileprivate var asksForCalls: Bool {
        guard !prompt.tools.isEmpty else { return !toolCalls.isEmpty }
        guard let last = prompt.messages.last, toolCalls.isEmpty else { return true }
        return !last.content.contains { if case .toolResult = $0 { true } else { false } }
    }

    /// Whether the question's end asks how much or how many.
    fileprivate var asksForNumber: Bool {
        taskClass == .maths
            || !Self.quantities.ranges(in: Array(ask.utf8).suffix(400), limit: 1).isEmpty
    }

    private static let quantities = PhraseList([
        "how many", "how much", "how long", "how far", "how old", "calculate", "compute", "what is the value",
        "what is the total", "what is the sum", "what percentage", "what number",
    ])
}
