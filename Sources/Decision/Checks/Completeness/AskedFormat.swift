import Embedding

/// The form of answer that a prompt asks for in words.
enum AskedFormat: Hashable {
    case yesOrNo, trueOrFalse, oneWord, number
    /// JSON somewhere, or JSON and nothing else.
    case json(only: Bool)
    case mostWords(Int)
    case mostSentences(Int)
    case list(of: Int)

    /// Words that ask for a form, whatever marks stand between them; the forms in the order in which they are looked at.
    private static let requests: [(form: AskedFormat, phrases: [String])] = [
        (.yesOrNo, ["yes or no", "yes no"]), (.trueOrFalse, ["true or false"]),
        (.oneWord, ["one word answer", "a single word", "in one word", "with one word"]),
        (.number, ["only the number", "with a number", "a single number", "just the number"]),
        (
            .json(only: true),
            [
                "json only", "only json", "only valid json", "json object only", "only a json object",
                "only a json array",
                "only the json", "just the json", "json array only", "nothing but json",
            ]
        ),
        (.json(only: false), ["json format", "as json", "in json", "a json object", "a json array", "return json"]),
    ]

    /// What a word may begin.
    private enum Opening {
        /// Requests: the words that must follow, and the place of the form.
        case requests([(rest: [UInt64], form: Int)])
        /// A number of what is counted behind it.
        case number(Int)
    }

    private static let openings: WordTable<Opening> = {
        let phrases = requests.enumerated().flatMap { place, request in
            request.phrases.map { (words: Word.all(in: $0), form: place) }
        }
        let grouped = Dictionary(grouping: phrases) { $0.words[0].hash }.values
        let asked = grouped.map { group in
            (group[0].words[0], Opening.requests(group.map { (rest: $0.words.dropFirst().map(\.hash), form: $0.form) }))
        }
        let numbers = "two three four five six seven eight nine ten"
        return WordTable(asked + Word.all(in: numbers).enumerated().map { ($0.element, .number($0.offset + 2)) })
    }()

    /// What is asked for in a text, the words of which are known.
    static func all(in text: ArraySlice<UInt8>, words: [Word]) -> [AskedFormat] {
        // One bit for each place of a form.
        var asked: UInt32 = 0
        var counted: [AskedFormat] = []
        let counts = AskedCounts(text: text, words: words)
        let (openings, span) = (openings, words.span)
        for place in span.indices {
            if UInt8(truncatingIfNeeded: span[place].head).isDigit {
                if let limit = counts.number(at: place).flatMap({ counts.limit($0, at: place) }) {
                    counted.append(limit)
                }
                continue
            }
            switch openings[span[place]] {
            case nil: break
            case .number(let count)?: if let limit = counts.limit(count, at: place) { counted.append(limit) }
            case .requests(let phrases)?:
                for phrase in phrases where counts.follow(phrase.rest, behind: place) {
                    asked |= 1 << UInt32(phrase.form)
                }
            }
        }
        guard asked != 0 else { return counted }
        var found = requests.indices.filter { asked >> UInt32($0) & 1 != 0 }.map { requests[$0].form }
        if found.contains(.json(only: true)) { found.removeAll { $0 == .json(only: false) } }
        return found + counted
    }

    /// What an answer lacks of it, as a sentence; nil if nothing.
    ///
    /// The words are those that are counted.
    func fault(in text: ArraySlice<UInt8>, words: ArraySlice<Word>) -> String? {
        switch self {
        case .yesOrNo: return words.contains(where: Self.yesAndNo.contains) ? nil : "it says neither yes nor no"
        case .trueOrFalse:
            return words.contains(where: Self.trueAndFalse.contains) ? nil : "it says neither true nor false"
        case .oneWord: return words.count > 3 ? "it has \(words.count) words, one was asked for" : nil
        case .number: return text.contains(where: \.isDigit) ? nil : "it has no number, one was asked for"
        case .json(let only):
            let start = text.first
            let begins = start == UInt8(ascii: "{") || start == UInt8(ascii: "[") || start == UInt8(ascii: "`")
            if only { return begins ? nil : "it is not JSON alone, as was asked for" }
            return text.contains(UInt8(ascii: "{")) || text.contains(UInt8(ascii: "[")) ? nil : "it has no JSON"
        case .mostWords(let most):
            return words.count > most + most / 10
                ? "it has \(words.count) words, at most \(most) were asked for" : nil
        case .mostSentences(let most):
            let count = Self.sentences(text)
            return count > most ? "it has \(count) sentences, at most \(most) were asked for" : nil
        case .list(let wanted):
            let count = Self.items(text)
            return count >= 2 && count != wanted ? "its list has \(count) items, \(wanted) were asked for" : nil
        }
    }

    private static let yesAndNo = WordTable("yes no")
    private static let trueAndFalse = WordTable("true false")

    private static func sentences(_ text: ArraySlice<UInt8>) -> Int {
        var count = 0
        var hasWord = false
        for place in text.indices {
            let byte = text[place]
            if byte.isLetter { hasWord = true }
            let ends = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
            guard hasWord, ends, place + 1 == text.endIndex || text[place + 1].isSpace else { continue }
            count += 1
            hasWord = false
        }
        return count + (hasWord ? 1 : 0)
    }

    /// Lines that begin with a bullet or a number and are not indented.
    private static func items(_ text: ArraySlice<UInt8>) -> Int {
        text.split(separator: 10).count { line in
            guard let first = line.first else { return false }
            if first == UInt8(ascii: "-") || first == UInt8(ascii: "*") { return line.dropFirst().first == 32 }
            let digits = line.prefix { $0.isDigit }.count
            guard digits > 0, digits < 4 else { return false }
            let mark = line.dropFirst(digits).first
            return mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
        }
    }
}
