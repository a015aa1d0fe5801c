import CKernels

/// What each of sixty-four bytes of a text is: a bit for each byte, the first lowest.
///
/// Questions about all of them are then a few operations on words (parallel bit streams: Cameron 2008, "A case study in SIMD
/// text processing with parallel bit streams"). Bytes behind the end of the text are of no kind.
@usableFromInline
package struct ByteBits: Sendable {
    /// ASCII letters.
    @usableFromInline package var letters: UInt64 = 0
    /// Those of them that are capitals.
    @usableFromInline package var capitals: UInt64 = 0
    @usableFromInline package var digits: UInt64 = 0
    /// Every other ASCII byte above the blank.
    @usableFromInline package var marks: UInt64 = 0
    /// ASCII white space.
    @usableFromInline package var spaces: UInt64 = 0
    /// Line feeds and carriage returns.
    @usableFromInline package var lineEnds: UInt64 = 0
    /// First bytes of characters beyond ASCII.
    @usableFromInline package var leads: UInt64 = 0
    /// The bytes that follow those.
    @usableFromInline package var continuations: UInt64 = 0

    @inlinable package init() {}

    /// The bytes of a text from an index on.
    package init(_ text: Span<UInt8>, at index: Int) {
        self.init()
        let piece = text.extracting(index..<min(index + 64, text.count))
        unsafe withUnsafeMutableBytes(of: &self) { words in unsafe Self.read(piece, into: words, lowercased: nil) }
    }

    /// Bytes of characters beyond ASCII.
    @inlinable @inline(__always)
    package var beyondASCII: UInt64 { leads | continuations }

    /// Blanks, controls and, where nothing is, what lies behind the end.
    @inlinable @inline(__always)
    package var blanks: UInt64 { ~(letters | digits | marks | beyondASCII) }

    /// Classifies a text; there must be room for one of these for each sixty-four bytes of it, and for as many bytes in lower case.
    static func read(
        _ text: Span<UInt8>, into words: UnsafeMutableRawBufferPointer, lowercased: UnsafeMutablePointer<UInt8>?
    ) {
        unsafe text.withUnsafeBufferPointer { text in
            guard let start = text.baseAddress, let words = words.baseAddress else { return }
            unsafe ckernels_byte_bits(start, text.count, words.assumingMemoryBound(to: UInt64.self), lowercased)
        }
    }
}
