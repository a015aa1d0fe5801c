import Embedding

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
            let place = slot(of: word.hash).place
            (hashes[place], meanings[place]) = (word.hash, meaning)
        }
    }

    /// Lists of words parted by blanks, each with what its words mean.
    init(_ lists: KeyValuePairs<String, Meaning>) {
        self.init(lists.flatMap { list in Word.all(in: list.key).map { ($0, list.value) } })
    }

    /// What a word means; nil if it is not here.
    @inline(__always)
    subscript(_ word: Word) -> Meaning? {
        guard let place = place(of: word) else { return nil }
        return meanings[place]
    }

    /// Whether a word is here.
    @inline(__always)
    func contains(_ word: Word) -> Bool { place(of: word) != nil }

    @inline(__always)
    private func place(of word: Word) -> Int? {
        let slot = slot(of: word.hash)
        return slot.isFree ? nil : slot.place
    }

    /// Where a word is, or would be.
    @inline(__always)
    private func slot(of hash: UInt64) -> (place: Int, isFree: Bool) {
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            let found = hashes[place]
            if found == hash || found == 0 { return (place, found == 0) }
            place = (place + 1) & mask
        }
    }
}

extension WordTable<Void> {
    /// A list of words parted by blanks that mean nothing but that they are here.
    init(_ list: String) { self.init([list: ()]) }
}
