internal import Assets

/// The tokens of an encoding, found by their bytes.
///
/// A token's place in the asset is its rank.
/// The bytes stay in the asset; what is kept here is where each begins and an open-addressing table of ranks.
@safe
final class Vocabulary: @unchecked Sendable {
    // Unchecked: nothing changes after init, and the asset lives as long as the program.
    private let bytes: UnsafePointer<UInt8>
    private let starts: [UInt32]
    private let slots: [UInt32]
    private let mask: Int

    private static let empty = UInt32.max

    /// Reads the asset: the count (4 bytes, little-endian), a length byte for each token, the tokens.
    init(asset: Asset) {
        let source = unsafe asset.unsafeBytes
        let count = Int(unsafe source.loadUnaligned(as: UInt32.self).littleEndian)
        precondition(source.count > 4 + count, "the token asset is shorter than its own index")
        let lengths = unsafe UnsafeRawBufferPointer(rebasing: source[4..<(4 + count)])
        let tokens = unsafe UnsafeRawBufferPointer(rebasing: source[(4 + count)...])
        guard let base = unsafe tokens.assumingMemoryBound(to: UInt8.self).baseAddress else {
            preconditionFailure("the token asset has no tokens")
        }
        unsafe bytes = base
        var capacity = 1024
        while capacity < count * 2 { capacity *= 2 }
        mask = capacity - 1
        var starts: [UInt32] = [0]
        var slots = [UInt32](repeating: Self.empty, count: capacity)
        starts.reserveCapacity(count + 1)
        var start = 0
        for rank in 0..<count {
            let end = start + Int(unsafe lengths[rank])
            let token = unsafe UnsafeBufferPointer(start: base + start, count: end - start)
            var slot = unsafe Self.hash(token) & mask
            while slots[slot] != Self.empty { slot = (slot + 1) & mask }
            slots[slot] = UInt32(rank)
            starts.append(UInt32(end))
            start = end
        }
        precondition(start == tokens.count, "the token asset's index does not fit its tokens")
        self.starts = starts
        self.slots = slots
    }

    /// The rank of the token with these bytes; nil if they are none.
    func rank(of token: UnsafeBufferPointer<UInt8>) -> UInt32? {
        var slot = unsafe Self.hash(token) & mask
        while true {
            let rank = slots[slot]
            if rank == Self.empty { return nil }
            let start = Int(starts[Int(rank)])
            let known = unsafe UnsafeBufferPointer(start: bytes + start, count: Int(starts[Int(rank) + 1]) - start)
            if unsafe known.count == token.count && known.elementsEqual(token) { return rank }
            slot = (slot + 1) & mask
        }
    }

    /// FNV-1a with its high bits folded in.
    private static func hash(_ token: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0..<token.count {
            unsafe hash = (hash ^ UInt64(token[index])) &* 0x100_0000_01b3
        }
        return Int(truncatingIfNeeded: hash ^ (hash >> 29))
    }
}
