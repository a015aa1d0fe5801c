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
    /// The runs of digits in it, each once, as whole numbers of at most fifteen digits, in ascending order.
    package let numbers: [UInt64]
}

extension CanonicalAnswer {
    /// The most of a text that is read.
    static let mostBytes = 1 << 16

    /// What an answer says, by the kind of its question.
    ///
    /// Where tools are offered, whether and how they are called; where there are options, which one; else the answer that is
    /// stated, the JSON or the code that was asked for, the number where one was asked for, and the whole text where
    /// nothing tells what its point is. Without an extractor running text has no vector, and resembles nothing.
    package init(of answer: inout Answer, with extractor: FeatureExtractor?) {
        if answer.bytes.count > Self.mostBytes {
            var beginning = answer.reading(atMost: Self.mostBytes)
            self.init(of: &beginning, with: extractor)
        } else if answer.asksForCalls {
            self = .calls(CanonicalCalls.bytes(of: answer.calls.calls))
        } else if answer.bytes[...].trimmed.isEmpty {
            self = .nothing
        } else if let options = answer.options {
            self = options.chosen(in: answer.bytes, stating: answer.final).map { .option($0) } ?? .nothing
        } else {
            self = Self.stated(in: &answer) ?? .prose(Prose(answer.text, answer.bytes, extractor))
        }
    }

    private static func stated(in answer: inout Answer) -> CanonicalAnswer? {
        let (text, final) = (answer.bytes, answer.final)
        if let final, final.form == .boxed || final.form == .member {
            return short(text[final.range], of: &answer, foldingCase: false)
        }
        if let value = CanonicalValue.whole(text) { return .value(value) }
        if answer.taskClass == .code, let code = CanonicalCode.bytes(of: text) { return .code(code) }
        guard let final else { return nil }
        if final.form == .implied, !answer.asksForNumber { return nil }
        return short(text[final.range], of: &answer, foldingCase: true)
    }

    /// A number if it has one and no more, or the last where one was asked for; else a literal or words.
    private static func short(_ text: ArraySlice<UInt8>, of answer: inout Answer, foldingCase: Bool) -> CanonicalAnswer
    {
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
        numbers = Self.numbers(in: bytes)
    }
}

extension Prose {
    /// Digits beyond these are not read.
    private static let mostDigits = 15

    private static func numbers(in text: [UInt8]) -> [UInt64] {
        var found: [UInt64] = []
        var (value, digits) = (UInt64(0), 0)
        for byte in text {
            let digit = UInt64(byte) &- UInt64(UInt8(ascii: "0"))
            if digit < 10 {
                if digits < mostDigits { value = value * 10 + digit }
                digits += 1
            } else if digits > 0 {
                found.append(value)
                (value, digits) = (0, 0)
            }
        }
        if digits > 0 { found.append(value) }
        found.sort()
        return found.indices.filter { $0 == 0 || found[$0] != found[$0 - 1] }.map { found[$0] }
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
        mutating get { taskClass == .maths || isAsked(for: Self.quantities) }
    }

    private static let quantities = PhraseList([
        "how many", "how much", "how long", "how far", "how old", "calculate", "compute", "what is the value",
        "what is the total", "what is the sum", "what percentage", "what number",
    ])
}
