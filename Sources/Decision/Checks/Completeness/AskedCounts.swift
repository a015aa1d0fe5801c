import Embedding

/// The numbers by which a request limits an answer's length, or that of a list.
struct AskedCounts {
    let text: ArraySlice<UInt8>
    let words: [Word]

    private static let limits = WordTable("than most within under maximum exceed of to")
    private static let enumerations = WordTable("list name enumerate")
    private static let lists = WordTable("list give name provide write suggest exactly me top")

    /// What is counted.
    private enum Unit {
        case words, sentences, items
    }
    private static let units: WordTable<Unit> = WordTable([
        "words": .words, "sentences": .sentences,
        "items examples reasons ways tips points bullets steps ideas names questions suggestions benefits facts titles things":
            .items,
    ])

    /// A limit of words or sentences, or a list of a number of items, if that is what a number stands for at a place.
    func limit(_ count: Int, at place: Int) -> AskedFormat? {
        guard place > 0, place < words.count - 1, let unit = unit(behind: place), (1...10_000).contains(count) else {
            return nil
        }
        let isLimit = isLess(place) || (Self.limits.contains(words[place - 1]) && !isLeast(place))
        switch unit {
        case .words where isLimit: return .mostWords(count)
        case .sentences where isLimit: return .mostSentences(count)
        case .words, .items:
            let isList = Self.lists.contains(words[place - 1]) || Self.enumerations.contains(words[place - 1])
            return isList && count >= 2 ? .list(of: count) : nil
        case .sentences: return nil
        }
    }

    /// Whether words with these hashes stand behind a place.
    func follow(_ hashes: [UInt64], behind place: Int) -> Bool {
        guard place + hashes.count < words.count else { return false }
        for offset in hashes.indices where words[place + 1 + offset].hash != hashes[offset] { return false }
        return true
    }

    /// What a number counts; behind verbs that ask for a list anything in the plural, an adjective before it perhaps.
    private func unit(behind place: Int) -> Unit? {
        if let unit = Self.units[words[place + 1]] { return unit }
        guard Self.enumerations.contains(words[place - 1]) || place > 1 && Self.enumerations.contains(words[place - 2])
        else {
            return nil
        }
        return words[(place + 1)...].prefix(2).contains { text[$0.range].last == UInt8(ascii: "s") } ? .items : nil
    }

    /// `50 words or less`.
    private func isLess(_ place: Int) -> Bool {
        place + 3 < words.count && has(.or, at: place + 2) && has(.less, at: place + 3)
    }

    /// The number that a word of digits alone is.
    func number(at place: Int) -> Int? {
        let digits = text[words[place].range]
        return digits.allSatisfy(\.isDigit) ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    /// `more than 50`, but not `no more than 50`.
    private func isLeast(_ place: Int) -> Bool {
        guard has(.than, at: place - 1) else { return has(.toward, at: place - 1) }
        guard place >= 2 else { return false }
        if has(.more, at: place - 2) { return place < 3 || !has(.not, at: place - 3) }
        return !has(.less, at: place - 2)
    }

    /// Words that say on which side of a number a limit lies.
    private enum Comparison {
        case or, less, more, than, not
        case toward
    }
    private static let comparisons: WordTable<Comparison> = WordTable([
        "or": .or, "less fewer": .less, "more": .more, "than": .than, "no not": .not, "of to": .toward,
    ])

    private func has(_ comparison: Comparison, at place: Int) -> Bool { Self.comparisons[words[place]] == comparison }
}
