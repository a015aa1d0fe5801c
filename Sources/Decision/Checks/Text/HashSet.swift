/// A set of numbers that are hashes already; the number 0 is never in it.
struct HashSet: Sendable {
    private var slots: [UInt64]
    private(set) var count = 0

    /// A set with room for so many.
    init(room: Int = 0) {
        var capacity = 16
        while capacity < room * 2 { capacity *= 2 }
        slots = []
        slots.append(addingCapacity: capacity) { $0.append(repeating: 0, count: capacity) }
    }

    /// Whether it was new.
    @discardableResult @inline(__always)
    mutating func insert(_ hash: UInt64) -> Bool {
        let slot = slot(of: hash)
        guard slot.isFree else { return false }
        slots[slot.place] = hash
        count += 1
        if count * 2 > slots.count { grow() }
        return true
    }

    @inline(__always)
    func contains(_ hash: UInt64) -> Bool { hash != 0 && !slot(of: hash).isFree }

    /// How many of another set are in this one.
    func count(of other: HashSet) -> Int { other.slots.count { contains($0) } }

    private mutating func grow() {
        var larger = HashSet(room: slots.count)
        for hash in slots where hash != 0 { larger.insert(hash) }
        self = larger
    }

    /// Where a hash is, or would be.
    @inline(__always)
    private func slot(of hash: UInt64) -> (place: Int, isFree: Bool) {
        let mask = slots.count - 1
        // The better half of the product of 2^64 over the golden ratio.
        var place = Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while true {
            let found = slots[place]
            if found == hash || found == 0 { return (place, found != hash) }
            place = (place + 1) & mask
        }
    }
}
