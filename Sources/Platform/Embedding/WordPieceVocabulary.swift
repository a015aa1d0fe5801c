import Assets

/// The token ids of a WordPiece vocabulary by a 64-bit hash of their bytes.
///
/// Hashes of the shipped vocabulary are free of collisions; a word outside it is mistaken with a chance of 2^-49 at most.
struct WordPieceVocabulary: Sendable {
    /// Open addressing: a slot's hash, 0 if it is free, and the id.
    private let hashes: [UInt64]
    private let ids: [Int32]
    private let mask: Int
    /// The bytes of the longest token, without `##`.
    let longestToken: Int
    let count: Int

    /// `[UNK]`, for a word that cannot be pieced together.
    static let unknown: Int32 = 100
    /// Tokens that text may spell out, as the reference allows.
    static let spelledOut: [(bytes: [UInt8], id: Int32)] = [
        (Array("[PAD]".utf8), 0), (Array("[UNK]".utf8), unknown), (Array("[CLS]".utf8), 101),
        (Array("[SEP]".utf8), 102), (Array("[MASK]".utf8), 103),
    ]

    /// Reads one token a line.
    init(lines: RawSpan) {
        var entries: [(UInt64, Int32)] = []
        var longest = 0
        var start = 0
        for end in 0..<lines.byteCount where lines.byte(end) == UInt8(ascii: "\n") {
            let continues = end - start > 2 && lines.byte(start) == 0x23 && lines.byte(start + 1) == 0x23
            let body = continues ? start + 2 : start
            var hash = continues ? TokenHash.continuation : TokenHash.word
            for index in body..<end { hash.add(lines.byte(index)) }
            entries.append((hash.value, Int32(entries.count)))
            longest = max(longest, end - body)
            start = end + 1
        }
        var capacity = 1
        while capacity < entries.count * 2 { capacity *= 2 }
        var hashes = [UInt64](repeating: 0, count: capacity)
        var ids = [Int32](repeating: 0, count: capacity)
        for (hash, id) in entries {
            var slot = Int(truncatingIfNeeded: hash >> 20) & (capacity - 1)
            while hashes[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            hashes[slot] = hash
            ids[slot] = id
        }
        (self.hashes, self.ids, mask, longestToken, count) = (hashes, ids, capacity - 1, longest, entries.count)
    }

    /// The id of the token with this hash.
    func id(of hash: TokenHash) -> Int32? {
        let wanted = hash.value
        var slot = Int(truncatingIfNeeded: wanted >> 20) & mask
        while true {
            let found = hashes[slot]
            if found == wanted { return ids[slot] }
            if found == 0 { return nil }
            slot = (slot + 1) & mask
        }
    }
}

/// A running hash of a token's bytes; a word's beginning and its continuation (`##`) hash differently.
struct TokenHash {
    private var state: UInt64

    static let word = TokenHash(state: 0x243F_6A88_85A3_08D3)
    static let continuation = TokenHash(state: 0x1319_8A2E_0370_7344)

    mutating func add(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 &+ 0x632B_E59B_D9B4_E019
    }

    /// Never 0.
    var value: UInt64 { (state ^ (state >> 29)) | 1 }
}

extension RawSpan {
    func byte(_ index: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self) }

    func word(_ index: Int) -> Int {
        Int(unsafe unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self))
    }
}
