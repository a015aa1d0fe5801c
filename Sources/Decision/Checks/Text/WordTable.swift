/// What words mean, by their hashes: open addressing, since the hashes are spread already.
struct WordTable<Meaning: Sendable>: Sendable {
    private var hashes: [UInt64]
    private var meanings: [Meaning?]

    /// Of a word that is there twice, the first meaning counts.
    init(_ words: [(word: Word, meaning: Meaning)]) {
        var capacity = 16
        while capacity < words.count * 4 { capacity *= 2 }
        hashes = Array(repeating: 0, count: capacity)
        meanings = Array(repeating: nil, count: capacity)
        for (word, meaning) in words where self[word] == nil {
            let slot = slot(of: word.hash)
            (hashes[slot], meanings[slot]) = (word.hash, meaning)
        }
    }

    /// Lists of words parted by blanks, each with what its words mean.
    init(_ lists: KeyValuePairs<String, Meaning>) {
        self.init(lists.flatMap { list in Word.all(in: list.key).map { ($0, list.value) } })
    }

    /// What a word means; nil if it is not here.
    subscript(_ word: Word) -> Meaning? { meanings[slot(of: word.hash)] }

    private func slot(of hash: UInt64) -> Int {
        let mask = hashes.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while hashes[slot] != hash, hashes[slot] != 0 { slot = (slot + 1) & mask }
        return slot
    }
}

extension WordTable<Void> {
    /// A list of words parted by blanks that mean nothing but that they are here.
    init(_ list: String) { self.init([list: ()]) }

    func contains(_ word: Word) -> Bool { self[word] != nil }
}
