/// The words of a text, of three letters and more in lower case, by their hashes.
struct WordSet {
    private(set) var words: Set<UInt64> = []

    init(_ text: ArraySlice<UInt8>) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var length = 0
        for byte in text {
            if byte.isWordByte {
                hash = (hash ^ UInt64(byte.lowercased)) &* 0x100_0000_01b3
                length += 1
            } else {
                if length >= 3 { words.insert(hash) }
                (hash, length) = (0xcbf2_9ce4_8422_2325, 0)
            }
        }
        if length >= 3 { words.insert(hash) }
    }

    /// How much of another set is in this one; 0 for an empty one.
    func share(of other: WordSet) -> Double {
        other.words.isEmpty ? 0 : Double(other.words.count { words.contains($0) }) / Double(other.words.count)
    }
}
