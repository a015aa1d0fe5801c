/// The numbers by which a request limits an answer's length, or that of a list.
struct AskedCounts {
    let text: ArraySlice<UInt8>
    let words: [Word]

    private static let numbers = WordTable([
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    ])
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

    /// Limits of words and sentences, and lists of a number of items.
    func all() -> [AskedFormat] {
        var found: [AskedFormat] = []
        for place in words.indices.dropFirst().dropLast() {
            guard let unit = unit(behind: place), let count = number(at: place), (1...10_000).contains(count) else {
                continue
            }
            let isLimit = isLess(place) || (Self.limits.contains(words[place - 1]) && !isLeast(place))
            switch unit {
            case .words where isLimit: found.append(.mostWords(count))
            case .sentences where isLimit: found.append(.mostSentences(count))
            case .words, .items:
                if Self.lists.contains(words[place - 1]) || Self.enumerations.contains(words[place - 1]), count >= 2 {
                    found.append(.list(of: count))
                }
            case .sentences: break
            }
        }
        return found
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
        place + 3 < words.count && self[place + 2] == "or" && ["less", "fewer"].contains(self[place + 3])
    }

    private func number(at place: Int) -> Int? {
        let digits = text[words[place].range]
        guard digits.first?.isDigit == true else { return Self.numbers[words[place]] }
        return digits.allSatisfy(\.isDigit) ? Int(self[place]) : nil
    }

    /// `more than 50`, but not `no more than 50`.
    private func isLeast(_ place: Int) -> Bool {
        guard self[place - 1] == "than" else { return self[place - 1] == "of" || self[place - 1] == "to" }
        guard place >= 2 else { return false }
        if self[place - 2] == "more" { return place < 3 || !["no", "not"].contains(self[place - 3]) }
        return !["less", "fewer"].contains(self[place - 2])
    }

    /// A word in lower case.
    private subscript(_ place: Int) -> String {
        String(decoding: text[words[place].range].map(\.lowercased), as: UTF8.self)
    }
}
