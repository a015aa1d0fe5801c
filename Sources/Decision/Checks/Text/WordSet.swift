import Embedding

/// The words of a text that have three letters and more.
struct WordSet {
    private let hashes: HashSet

    init(_ words: some Collection<Word>) {
        var hashes = HashSet(room: words.count)
        for word in words where word.range.count >= 3 { hashes.insert(word.hash) }
        self.hashes = hashes
    }

    /// How much of another set is in this one; 0 for an empty one.
    func share(of other: WordSet) -> Double {
        other.hashes.count == 0 ? 0 : Double(hashes.count(of: other.hashes)) / Double(other.hashes.count)
    }
}
