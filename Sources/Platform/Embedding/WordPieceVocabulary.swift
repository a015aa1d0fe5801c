import Assets

/// The token ids of a WordPiece vocabulary by a 64-bit hash of their bytes.
///
/// The shipped tokens do not collide; a word outside the vocabulary is mistaken for a token with a chance of 2^-47.
struct WordPieceVocabulary: Sendable {
    /// Open addressing: the upper 48 bits of a hash, whose lower bits are its place, and the id; 0 if it is free.
    private let slots: [UInt64]
    /// The bytes of the longest token, without `##`.
    let longestToken: Int

    /// `[UNK]`, for a word that cannot be pieced together.
    static let unknown: Int32 = 100
    /// Tokens that text may spell out, as the reference allows.
    static let spelledOut: [(bytes: [UInt8], id: Int32)] = [
        (Array("[PAD]".utf8), 0), (Array("[UNK]".utf8), unknown), (Array("[CLS]".utf8), 101),
        (Array("[SEP]".utf8), 102), (Array("[MASK]".utf8), 103),
    ]

    private static let idBits: UInt64 = 0xFFFF

    /// Reads one token a line.
    init(lines: RawSpan) {
        var hashes: [UInt64] = []
        var longest = 0
        var start = 0
        for end in 0..<lines.byteCount where lines.byte(end) == UInt8(ascii: "\n") {
            let continues = end - start > 2 && lines.byte(start) == 0x23 && lines.byte(start + 1) == 0x23
            let body = continues ? start + 2 : start
            var hash = continues ? WordHash.continuation : WordHash()
            for index in body..<end { hash.add(lines.byte(index)) }
            hashes.append(hash.value)
            longest = max(longest, end - body)
            start = end + 1
        }
        precondition(hashes.count <= Int(Self.idBits), "a slot has 16 bits for an id")
        var capacity = Int(Self.idBits) + 1
        while capacity < hashes.count * 2 { capacity *= 2 }
        var slots = [UInt64](repeating: 0, count: capacity)
        for (id, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = hash & ~Self.idBits | UInt64(id)
        }
        (self.slots, longestToken) = (slots, longest)
    }

    /// The id of the token with this hash.
    @inline(__always)
    func id(of wanted: UInt64) -> Int32? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: wanted) & mask
        while true {
            let found = slots[slot]
            if found == 0 { return nil }
            if (found ^ wanted) & ~Self.idBits == 0 { return Int32(truncatingIfNeeded: found & Self.idBits) }
            slot = (slot + 1) & mask
        }
    }
}

extension WordHash {
    /// A word's continuation (`##`) hashes otherwise than its beginning.
    static let continuation = WordHash(seed: 0x1319_8A2E_0370_7344)
}

extension RawSpan {
    func byte(_ index: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self) }

    func word(_ index: Int) -> Int {
        Int(unsafe unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self))
    }
}
