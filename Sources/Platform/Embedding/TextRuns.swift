/// A text as runs of letters and digits and what lies between them; to be used again and again by one thread, for the room it has.
@usableFromInline
package struct TextRuns: Sendable {
    /// The text in small letters, with what its bytes are.
    @usableFromInline package private(set) var lowercased = LowercasedText()
    /// The runs of ASCII letters and digits in order.
    @usableFromInline package private(set) var runs: [ByteRun] = []

    /// Room for a text, before one is read.
    package init() {}

    /// Reads a text in place of the last one.
    package mutating func read(_ text: Span<UInt8>) {
        lowercased.read(text)
        lowercased.findRuns(&runs)
    }

    /// Whether one of the runs is of letters alone.
    @inlinable @inline(__always)
    package func isOfLetters(_ run: ByteRun) -> Bool {
        let count = run.range.upperBound &- run.range.lowerBound
        guard count <= 8 else { return lowercased.letters(from: run.range.lowerBound) == count }
        // Of the two bits that small letters have digits have the lower one, and zeros behind the run none.
        return (run.head &<< 1) & ~run.head & 0x4040_4040_4040_4040 == 0
    }
}
