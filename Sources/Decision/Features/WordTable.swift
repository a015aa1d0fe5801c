import Embedding

/// Words by their hash, with some bits each: open addressing, since the hashes are spread already.
struct WordTable {
    /// A hash, 0 if the slot is free, and its bits.
    private var slots: [(hash: UInt64, bits: UInt64)]

    /// A table of lists of lower-case words parted by blanks, each list with the bits of its words.
    init(_ lists: [(words: String, bits: UInt64)]) {
        let lists = lists.map { ($0.words.split(separator: " "), $0.bits) }
        var capacity = 16
        while capacity <= lists.reduce(0, { $0 + $1.0.count }) * 2 { capacity *= 2 }
        slots = Array(repeating: (0, 0), count: capacity)
        for (words, bits) in lists {
            for word in words {
                var hash = WordHash()
                for letter in word.utf8 { hash.add(letter) }
                insert(hash.value, bits: bits)
            }
        }
    }

    /// The bits of a word; none if it is not here.
    @inline(__always)
    func value(of hash: UInt64) -> UInt64 {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            let slot = slots[place]
            if slot.hash == hash || slot.hash == 0 { return slot.bits }
            place = (place + 1) & mask
        }
    }

    /// Enters a word if it is new, and adds to its bits.
    private mutating func insert(_ hash: UInt64, bits: UInt64) {
        let slot = slot(of: hash)
        slots[slot].hash = hash
        slots[slot].bits |= bits
    }

    /// Where a word is, or would be.
    private func slot(of hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].hash != hash, slots[slot].hash != 0 { slot = (slot + 1) & mask }
        return slot
    }
}
