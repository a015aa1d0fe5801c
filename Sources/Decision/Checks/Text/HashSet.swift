/// A set of numbers that are hashes already; the number 0 is never in it.
struct HashSet: Sendable {
    private var slots: [UInt64]
    private(set) var count = 0

    /// A set with room for so many.
    init(room: Int = 0) {
        var capacity = 16
        while capacity < room * 2 { capacity *= 2 }
        slots = Array(repeating: 0, count: capacity)
    }

    /// Whether it was new.
    @discardableResult
    mutating func insert(_ hash: UInt64) -> Bool {
        let place = slot(of: hash)
        guard slots[place] != hash else { return false }
        slots[place] = hash
        count += 1
        if count * 2 > slots.count { grow() }
        return true
    }

    func contains(_ hash: UInt64) -> Bool { hash != 0 && slots[slot(of: hash)] == hash }

    /// How many of another set are in this one.
    func count(of other: HashSet) -> Int { other.slots.count { contains($0) } }

    private mutating func grow() {
        var larger = HashSet(room: slots.count)
        for hash in slots where hash != 0 { larger.insert(hash) }
        self = larger
    }

    private func slot(of hash: UInt64) -> Int {
        let mask = slots.count - 1
        // The better half of the product of 2^64 over the golden ratio.
        var slot = Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[slot] != hash, slots[slot] != 0 { slot = (slot + 1) & mask }
        return slot
    }
}
