import CKernels

/// A run of bytes of some kinds in a text, in small letters; it lies in memory as in C, two places and two numbers.
@usableFromInline
package struct ByteRun: Sendable {
    /// Its place in the text.
    @usableFromInline package let range: Range<Int>
    /// Its first eight bytes, the first lowest; zeros follow.
    @usableFromInline package let head: UInt64
    /// Of all its bytes; no two runs of at most eight bytes, none of them zero, have the same.
    @usableFromInline package let hash: UInt64
}

extension ByteRun {
    /// The word of letters, digits and bytes beyond ASCII that a text begins with; its place is counted from one of a longer text.
    package init?(beginning text: Span<UInt8>, from offset: Int) {
        var (head, hash, length) = (UInt64(0), ckernels_run_seed, 0)
        while true {
            let bytes = text.eightBytes(at: length)
            let run = EightBytes.run(of: bytes.letters | bytes.digits | bytes.beyondASCII)
            let kept = bytes.lowercased.bits & run.mask
            if length == 0 { head = kept }
            if run.length > 0 { hash = WordHash.mixed(hash ^ kept) }
            length += run.length
            if run.length < 8 { break }
        }
        guard length > 0 else { return nil }
        self.init(range: offset..<offset + length, head: head, hash: hash)
    }
}

extension LowercasedText {
    /// The words of the text in order: runs of letters and bytes beyond ASCII, and of digits too if they are `joined`.
    ///
    /// The text begins at a place of a longer one, from which theirs are counted.
    package func words(from offset: Int, digitsAreJoined: Bool) -> [ByteRun] {
        var words: [ByteRun] = []
        // Letters, first bytes beyond ASCII and those that follow; digits.
        append(
            runsOf: digitsAreJoined ? 0b1100_0101 : 0b1100_0001, from: offset, to: &words
        ) { $0.letters | $0.beyondASCII | (digitsAreJoined ? $0.digits : 0) }
        return words
    }

    /// Puts the runs of letters and digits in place of others.
    package func findRuns(_ runs: inout [ByteRun]) {
        runs.removeAll(keepingCapacity: true)
        append(runsOf: 0b101, from: 0, to: &runs) { $0.letters | $0.digits }
    }

    /// Adds the runs of bytes of some kinds, which are told as the kernel numbers them, and as bits of a block.
    @inline(__always)
    private func append(
        runsOf kinds: UInt32, from offset: Int, to runs: inout [ByteRun], _ bits: (ByteBits) -> UInt64
    ) {
        runs.append(addingCapacity: beginnings(bits)) { runs in
            unsafe runs.withUnsafeMutableBufferPointer { runs, found in
                unsafe runs.withMemoryRebound(to: ckernels_run.self) { runs in
                    guard let first = runs.baseAddress else { return }
                    found = unsafe self.kinds.withUnsafeBytes { blocks in
                        guard let bits = blocks.baseAddress else { return 0 }
                        return unsafe Int(
                            ckernels_runs(
                                bits.assumingMemoryBound(to: UInt64.self), kinds, bytes, count, offset, first))
                    }
                }
            }
        }
    }

    /// How many runs begin.
    @inline(__always)
    private func beginnings(_ bits: (ByteBits) -> UInt64) -> Int {
        var (found, before) = (0, UInt64(0))
        for block in blocks {
            let runs = bits(block)
            found += (runs & ~(runs << 1 | before)).nonzeroBitCount
            before = runs >> 63
        }
        return found
    }
}
