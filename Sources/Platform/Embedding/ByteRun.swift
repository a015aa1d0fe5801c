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

extension ByteClasses {
    /// The words of the text in order: runs of letters and bytes beyond ASCII, and of digits too if they are `joined`.
    ///
    /// The text begins at a place of a longer one, from which theirs are counted.
    package func words(from offset: Int, digitsAreJoined: Bool) -> [ByteRun] {
        let kinds: UInt32 = digitsAreJoined ? 0b111 : 0b101
        var words: [ByteRun] = []
        words.append(addingCapacity: beginnings(of: kinds)) { words in
            unsafe words.withUnsafeMutableBufferPointer { words, found in
                unsafe words.withMemoryRebound(to: ckernels_run.self) { runs in
                    guard let first = runs.baseAddress else { return }
                    found = unsafe Int(ckernels_runs(bits, kinds, lowercased, count, offset, first))
                }
            }
        }
        return words
    }

    /// How many runs begin.
    private func beginnings(of kinds: UInt32) -> Int {
        var (found, before) = (0, UInt64(0))
        for block in 0..<blocks {
            let runs = self[.letter, block] | self[.beyondASCII, block] | (kinds & 0b10 == 0 ? 0 : self[.digit, block])
            found += (runs & ~(runs << 1 | before)).nonzeroBitCount
            before = runs >> 63
        }
        return found
    }
}
