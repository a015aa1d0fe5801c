import Embedding

/// Words that were said.
struct Vocabulary {
    private var words = HashSet()
    private var stems = HashSet()

    /// Words are compared by their beginnings too, so that `hotels` is found in `hotel` and the like.
    private static let stem = 4

    mutating func add(_ said: [Word]) {
        for word in said {
            words.insert(word.hash)
            if let stem = Self.stem(of: word) { stems.insert(stem) }
        }
    }

    mutating func add(_ text: String) { add(Word.all(in: Array(text.utf8)[...])) }

    /// Whether a word occurs, or one that begins alike.
    func holds(_ word: Word) -> Bool { contains(word) || containsStem(of: word) }

    func contains(_ word: Word) -> Bool { words.contains(word.hash) }

    /// Whether a word occurs that begins alike.
    func containsStem(of word: Word) -> Bool { Self.stem(of: word).map(stems.contains) ?? false }

    private static func stem(of word: Word) -> UInt64? {
        word.range.count >= stem ? word.head & 0xFFFF_FFFF : nil
    }
}
