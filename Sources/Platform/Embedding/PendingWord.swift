/// A word that is put together from what a tokenizer makes of characters, normalised.
struct PendingWord {
    private(set) var bytes: [UInt8] = []
    private(set) var scalars = 0

    /// A word of more scalars is unknown, as in the reference.
    static let longest = 100

    var isEmpty: Bool { scalars == 0 }

    /// The hash of its bytes.
    var hash: UInt64 {
        var hash = WordHash()
        for byte in bytes { hash.add(byte) }
        return hash.value
    }

    /// Takes in small letters and digits.
    mutating func append(_ letters: Span<UInt8>) {
        scalars += letters.count
        guard scalars <= Self.longest else { return }
        for place in letters.indices { bytes.append(letters[place]) }
    }

    /// Takes in a scalar.
    mutating func append(_ scalar: UInt32) {
        scalars += 1
        guard scalars <= Self.longest, let scalar = Unicode.Scalar(scalar) else { return }
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { bytes.append(byte) }
    }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        scalars = 0
    }
}
