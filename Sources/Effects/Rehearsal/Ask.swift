internal import Dialogue
import ExactNumbers

/// What a simulated model is asked: the last user turn as text and as words.
struct Ask: Sendable {
    let text: String
    let words: [Word]
    /// System instructions, which may name the options or the form of the answer.
    let instructions: String

    /// A word or a number with what stands next to it.
    struct Word: Sendable {
        /// As it was written.
        let text: Substring
        let lower: String
        /// The value of a number, written in digits or as a word up to twenty.
        let number: Rational?
        let isMoney: Bool
        let isPercent: Bool
        let opensSentence: Bool

        var isCapitalised: Bool { text.first?.isUppercase == true }
    }

    init(_ prompt: Prompt) {
        self.init(
            text: prompt.messages.last { $0.role == .user }?.text ?? "",
            instructions: prompt.messages.filter { $0.role == .system || $0.role == .developer }.map(\.text)
                .joined(separator: "\n"))
    }

    init(text: String, instructions: String = "") {
        self.text = text
        self.instructions = instructions
        words = Self.words(of: text)
    }

    /// Whether any of these words or phrases occurs, by whole words without regard to case.
    func mentions(_ phrases: String...) -> Bool { mentions(anyOf: phrases) }

    func mentions(anyOf phrases: [String]) -> Bool {
        phrases.contains { position(of: $0) != nil }
    }

    /// The index of the first word of the first occurrence of `phrase`.
    func position(of phrase: String) -> Int? {
        let wanted = phrase.split(separator: " ").map(String.init)
        guard !wanted.isEmpty, words.count >= wanted.count else { return nil }
        return (0...words.count - wanted.count).first { start in
            wanted.indices.allSatisfy { words[start + $0].lower == wanted[$0] }
        }
    }

    /// The text that the instruction is about: what is fenced, else what follows the first colon of a line, else all.
    var material: String {
        if let quoted = quoted.max(by: { $0.count < $1.count }), quoted.count > 12 { return quoted }
        guard let colon = text.firstIndex(of: ":") else { return text }
        let rest = text[text.index(after: colon)...].drop { $0.isWhitespace }
        return rest.count > 2 ? String(rest) : text
    }

    /// What stands between fences or quotation marks.
    var quoted: [String] {
        for (open, close) in [("```", "```"), ("\"\"\"", "\"\"\""), ("\"", "\""), ("\u{201C}", "\u{201D}")] {
            let found = Self.between(open, close, in: text)
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func between(_ open: String, _ close: String, in text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let start = rest.firstRange(of: open), let end = rest[start.upperBound...].firstRange(of: close) {
            let inside = rest[start.upperBound..<end.lowerBound]
            if !inside.isEmpty { found.append(String(inside)) }
            rest = rest[end.upperBound...]
        }
        return found
    }

    static func words(of text: String) -> [Word] {
        var words: [Word] = []
        var at = text.startIndex
        var opensSentence = true
        while at < text.endIndex {
            let character = text[at]
            guard character.isLetter || character.isNumber else {
                if ".!?\n:".contains(character) { opensSentence = true }
                at = text.index(after: at)
                continue
            }
            let isNumber = character.isNumber
            var end = at
            while end < text.endIndex, continues(text, at: end, isNumber: isNumber) { end = text.index(after: end) }
            let written = text[at..<end]
            let lower = written.lowercased()
            words.append(
                Word(
                    text: written, lower: lower,
                    number: isNumber ? Rational(decimal: written) : numerals[lower].map { Rational($0) },
                    isMoney: at > text.startIndex && "$€£".contains(text[text.index(before: at)]),
                    isPercent: end < text.endIndex && text[end] == "%", opensSentence: opensSentence))
            opensSentence = false
            at = end
        }
        return words
    }

    /// Letters go on with letters, digits and inner apostrophes; digits also with one mark between two digits.
    private static func continues(_ text: String, at index: String.Index, isNumber: Bool) -> Bool {
        let character = text[index]
        if isNumber ? character.isNumber : character.isLetter || character.isNumber { return true }
        guard isNumber ? character == "." || character == "," : character == "'" || character == "\u{2019}" else {
            return false
        }
        let next = text.index(after: index)
        guard next < text.endIndex else { return false }
        if !isNumber { return text[next].isLetter }
        guard text[next].isNumber else { return false }
        return character == "." || text[next...].prefix { $0.isNumber }.count == 3
    }

    private static let numerals: [String: Int] = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "hundred": 100,
    ]
}
