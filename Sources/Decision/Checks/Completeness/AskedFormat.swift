/// The form of answer that a prompt asks for in words.
enum AskedFormat: Hashable {
    case yesOrNo, trueOrFalse, oneWord, number
    /// JSON somewhere, or JSON and nothing else.
    case json(only: Bool)
    case mostWords(Int)
    case mostSentences(Int)
    case list(of: Int)

    /// What is asked for in the last 1,500 bytes of a prompt.
    static func all(in prompt: String) -> [AskedFormat] {
        let words = Words(prompt.utf8.suffix(1_500))
        var found: [AskedFormat] = []
        if words.contains("yes", "or", "no") || words.contains("yes", "no") { found.append(.yesOrNo) }
        if words.contains("true", "or", "false") { found.append(.trueOrFalse) }
        if words.contains("one", "word", "answer") || words.contains("a", "single", "word")
            || words.contains("in", "one", "word") || words.contains("with", "one", "word")
        {
            found.append(.oneWord)
        }
        if words.contains("only", "the", "number") || words.contains("with", "a", "number")
            || words.contains("a", "single", "number") || words.contains("just", "the", "number")
        {
            found.append(.number)
        }
        if words.contains("json", "only") || words.contains("only", "json") || words.contains("only", "valid", "json") {
            found.append(.json(only: true))
        } else if words.contains("json", "format") || words.contains("as", "json") || words.contains("in", "json") {
            found.append(.json(only: false))
        }
        found += words.counts()
        return found
    }

    /// What an answer lacks of it, as a sentence; nil if nothing.
    func fault(in text: ArraySlice<UInt8>) -> String? {
        let words = Words(text.prefix(20_000))
        switch self {
        case .yesOrNo:
            return words.words.contains("yes") || words.words.contains("no") ? nil : "it says neither yes nor no"
        case .trueOrFalse:
            return words.words.contains("true") || words.words.contains("false")
                ? nil : "it says neither true nor false"
        case .oneWord: return words.words.count > 3 ? "it has \(words.words.count) words, one was asked for" : nil
        case .number: return text.contains(where: \.isDigit) ? nil : "it has no number, one was asked for"
        case .json(let only):
            let start = text.first
            let begins = start == UInt8(ascii: "{") || start == UInt8(ascii: "[") || start == UInt8(ascii: "`")
            if only { return begins ? nil : "it is not JSON alone, as was asked for" }
            return text.contains(UInt8(ascii: "{")) || text.contains(UInt8(ascii: "[")) ? nil : "it has no JSON"
        case .mostWords(let most):
            return words.words.count > most + most / 10
                ? "it has \(words.words.count) words, at most \(most) were asked for" : nil
        case .mostSentences(let most):
            let count = Self.sentences(text)
            return count > most ? "it has \(count) sentences, at most \(most) were asked for" : nil
        case .list(let wanted):
            let count = Self.items(text)
            return count >= 2 && count != wanted ? "its list has \(count) items, \(wanted) were asked for" : nil
        }
    }

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

/// A text's words in lower case, without marks.
private struct Words {
    let words: [String]

    init(_ text: some Collection<UInt8>) {
        words = text.split { !$0.isWordByte }.map { String(decoding: $0.map(\.lowercased), as: UTF8.self) }
    }

    func contains(_ sequence: String...) -> Bool {
        guard let first = sequence.first, words.count >= sequence.count else { return false }
        return words.indices.dropLast(sequence.count - 1).contains { place in
            words[place] == first && words[place..<place + sequence.count].elementsEqual(sequence)
        }
    }

    private static let numbers = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    ]
    private static let limits: Set<String> = ["than", "most", "within", "under", "maximum", "exceed", "of", "to"]
    private static let kinds: Set<String> = [
        "items", "examples", "reasons", "ways", "tips", "points", "bullets", "steps", "ideas", "names", "questions",
        "suggestions", "benefits", "facts", "titles", "things", "words",
    ]
    private static let lists: Set<String> = [
        "list", "give", "name", "provide", "write", "suggest", "exactly", "me", "top",
    ]

    /// Limits of words and sentences, and lists of a number of items.
    func counts() -> [AskedFormat] {
        var found: [AskedFormat] = []
        for place in words.indices.dropFirst().dropLast() {
            guard let count = Int(words[place]) ?? Self.numbers[words[place]], (1...10_000).contains(count) else {
                continue
            }
            let (before, after) = (words[place - 1], words[place + 1])
            let isLess =
                place + 3 < words.count && words[place + 2] == "or" && ["less", "fewer"].contains(words[place + 3])
            let isLimit = isLess || (Self.limits.contains(before) && !isLeast(place))
            if after == "words", isLimit {
                found.append(.mostWords(count))
            } else if after == "sentences", isLimit {
                found.append(.mostSentences(count))
            } else if Self.lists.contains(before), Self.kinds.contains(after), count >= 2 {
                found.append(.list(of: count))
            }
        }
        return found
    }

    /// `more than 50`, but not `no more than 50`.
    private func isLeast(_ place: Int) -> Bool {
        guard words[place - 1] == "than" else { return words[place - 1] == "of" || words[place - 1] == "to" }
        guard place >= 2 else { return false }
        if words[place - 2] == "more" { return place < 3 || !["no", "not"].contains(words[place - 3]) }
        return !["less", "fewer"].contains(words[place - 2])
    }
}
