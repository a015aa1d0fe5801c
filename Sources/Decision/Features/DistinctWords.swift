/// Tells how many words of a text differ; to be used again and again by one thread, for the room it has.
struct DistinctWords {
    private var words: [UInt64] = []
    /// Open addressing: one more than the place of a word in ``words``, 0 if the slot is free.
    private var slots: [UInt16] = []

    /// How many of the hashes that are filled in differ; there may be 65,535 of them, far more than an ``Ask`` has.
    mutating func count(atMost most: Int, filledBy fill: (inout OutputSpan<UInt64>) -> Void) -> Int {
        words.removeAll(keepingCapacity: true)
        words.append(addingCapacity: most, initializingWith: fill)
        var capacity = 16
        while capacity < words.count * 2 { capacity *= 2 }
        slots.removeAll(keepingCapacity: true)
        slots.append(addingCapacity: capacity) { $0.append(repeating: 0, count: capacity) }
        return Self.count(words, slots: &slots)
    }

    private static func count(_ words: [UInt64], slots: inout [UInt16]) -> Int {
        var slots = slots.mutableSpan
        let mask = slots.count - 1
        var count = 0
        for place in words.indices {
            var slot = Int(truncatingIfNeeded: words[place]) & mask
            while slots[slot] != 0, words[Int(slots[slot]) - 1] != words[place] { slot = (slot + 1) & mask }
            if slots[slot] == 0 {
                count += 1
                slots[slot] = UInt16(place + 1)
            }
        }
        return count
    }
}
