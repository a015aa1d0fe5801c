/// What an answer comes to: the part that is right or wrong.
package struct FinalAnswer {
    /// How it is given.
    package enum Form: Hashable {
        case boxed
        /// The `answer` member of JSON.
        case member
        /// After words such as "the answer is" or `####`.
        case stated
        /// The answer is nothing but it.
        case bare
        /// The last number of the last sentence that has one.
        case implied
    }

    package let form: Form
    /// Its place in the answer, without marks around it.
    package let range: Range<Int>
    /// Where the words begin that lead to it.
    let lead: Int
    /// How many different ones the answer states.
    let rivals: Int
    /// Where the computation ends that it closes, boxed: `= \boxed{70}`; nil if it stands by itself.
    let stepEnd: Int?

    private static let statements = PhraseList([
        "answer is", "answer:", "answer is:", "answer would be", "answer should be", "final answer is", "answer**:",
        "answer:**", "correct option is", "correct choice is", "option is", "correct answer:", "choice is",
        "answer =", "answers are",
    ])
    private static let longestBare = 60

    /// The last answer that is stated, however it is, in a text of which the words are known and which bytes occur; nil if nothing
    /// but running text is found.
    init?(in text: [UInt8], _ words: [Word], _ marks: ByteSet) {
        let candidates =
            Self.boxes(in: text, marks) + Self.members(in: text, marks) + Self.stated(in: text, words, marks)
        guard let last = candidates.max(by: { $0.range.lowerBound < $1.range.lowerBound }) else {
            let all = text[...].trimmed
            if !all.isEmpty, all.count <= Self.longestBare, !all.contains(10) {
                (form, range, lead, rivals) = (.bare, Self.bared(text[all.indices]).indices, all.startIndex, 1)
                stepEnd = nil
                return
            }
            guard let number = Self.lastNumber(in: all) else { return nil }
            (form, range, lead, rivals) = (.implied, number, number.lowerBound, 1)
            stepEnd = nil
            return
        }
        // Of a member and words inside the reasoning, the member counts.
        let chosen = candidates.last { $0.form == .boxed } ?? candidates.last { $0.form == .member } ?? last
        (form, range, lead) = (chosen.form, chosen.range, chosen.lead)
        let closesStep = chosen.form == .boxed && Self.endsInEqualsSign(text[..<chosen.lead])
        stepEnd = closesStep ? min(chosen.range.upperBound + 1, text.count) : nil
        let rivals = candidates.filter { $0.form == chosen.form }
        self.rivals = rivals.count == 1 ? 1 : Set(rivals.map { Self.canonical(text[$0.range]) }).count
    }

    private static func endsInEqualsSign(_ text: ArraySlice<UInt8>) -> Bool {
        text.suffix(8).last { !$0.isSpace && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "$") } == UInt8(ascii: "=")
    }

    /// Letters and digits in lower case, for comparison.
    static func canonical(_ text: ArraySlice<UInt8>) -> [UInt8] {
        text.prefix(200).lazy.map(\.lowercased).filter { $0.isWordByte || $0 == UInt8(ascii: ".") || $0 == 45 }
    }

    private typealias Candidate = (form: Form, range: Range<Int>, lead: Int)

    private static let (brace, quote, hash) = (ByteSet(of: "{".utf8), ByteSet(of: "\"".utf8), ByteSet(of: "#".utf8))

    private static func boxes(in text: [UInt8], _ marks: ByteSet) -> [Candidate] {
        guard marks.holdsAny(of: brace) else { return [] }
        let mark = Array("boxed{".utf8)
        var found: [Candidate] = []
        var place = 0
        while let start = text[...].index(of: mark, from: place), found.count < 16 {
            var (end, depth) = (start + mark.count, 1)
            while end < text.count, end - start < 400 {
                if text[end] == UInt8(ascii: "{") { depth += 1 }
                if text[end] == UInt8(ascii: "}") { depth -= 1 }
                if depth == 0 { break }
                end += 1
            }
            found.append((.boxed, start + mark.count..<end, start))
            place = start + mark.count
        }
        return found
    }

    private static func members(in text: [UInt8], _ marks: ByteSet) -> [Candidate] {
        guard marks.holdsAny(of: quote) else { return [] }
        let mark = Array("\"answer\"".utf8)
        var found: [Candidate] = []
        var place = 0
        while let start = text[...].index(of: mark, from: place), found.count < 16 {
            var begin = start + mark.count
            while begin < text.count, text[begin].isSpace || text[begin] == UInt8(ascii: ":") { begin += 1 }
            var end = begin
            if begin < text.count, text[begin] == UInt8(ascii: "\"") {
                begin += 1
                end = begin
                while end < text.count, text[end] != UInt8(ascii: "\"") {
                    end += text[end] == UInt8(ascii: "\\") ? 2 : 1
                }
            } else {
                while end < text.count, text[end] != 10, text[end] != UInt8(ascii: "}") { end += 1 }
            }
            end = min(end, text.count)
            begin = min(begin, end)
            found.append((.member, text[begin..<end].trimmed.indices, start))
            place = start + mark.count
        }
        return found
    }

    private static func stated(in text: [UInt8], _ words: [Word], _ marks: ByteSet) -> [Candidate] {
        var found = statements.ranges(in: text[...], words: words[...], limit: 256)
        let hasHash = marks.holdsAny(of: hash)
        let hashes = Array("####".utf8)
        var place = 0
        while hasHash, let start = text[...].index(of: hashes, from: place), found.count < 300 {
            found.append(start..<start + 4)
            place = start + 4
        }
        return found.suffix(64).compactMap { mark in
            let end = sentenceEnd(in: text, from: mark.upperBound)
            let range = bared(text[mark.upperBound..<end]).indices
            return range.isEmpty ? nil : (.stated, range, mark.lowerBound)
        }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// The end of the line or sentence, at most 200 bytes on.
    private static func sentenceEnd(in text: [UInt8], from start: Int) -> Int {
        var end = start
        var hasContent = false
        while end < text.count, end - start < 200 {
            let byte = text[end]
            if byte == 10, hasContent { break }
            if byte == UInt8(ascii: "."), hasContent, end + 1 >= text.count || text[end + 1].isSpace { break }
            if byte.isWordByte { hasContent = true }
            end += 1
        }
        return end
    }

    /// The last number among the last 300 bytes.
    private static func lastNumber(in text: ArraySlice<UInt8>) -> Range<Int>? {
        guard let last = text.suffix(300).lastIndex(where: \.isDigit) else { return nil }
        var start = last
        while start > text.startIndex, text[start - 1].isDigit || ".,-".utf8.contains(text[start - 1]) { start -= 1 }
        if text[..<start].suffix(3).elementsEqual("−".utf8) { start -= 3 }
        return start..<last + 1
    }

    /// Without quotes, brackets, stars and the like at either end.
    private static func bared(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isMark(_ byte: UInt8) -> Bool { byte.isSpace || "*:$`\"'_".utf8.contains(byte) }
        var (start, end) = (text.startIndex, text.endIndex)
        while start < end, isMark(text[start]) { start += 1 }
        while end > start, isMark(text[end - 1]) || text[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return text[start..<end]
    }
}
