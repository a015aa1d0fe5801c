/// A text in small letters, with what each of its bytes is.
@usableFromInline
package struct LowercasedText: Sendable {
    /// How many bytes the text has.
    @usableFromInline package let count: Int
    /// The text with small letters, and zeros behind it: any eight bytes that begin in it can be read.
    @usableFromInline package let bytes: [UInt8]
    @usableFromInline let bits: TextBits

    package init(_ text: Span<UInt8>) {
        count = text.count
        let room = (text.count + 63) / 64 * 64 + 8
        // Filled in this way an array needs no look-up of its type at run time, which takes longer than short texts do.
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: room) { $0.append(repeating: 0, count: room) }
        bits = TextBits(text, lowercased: &bytes)
        self.bytes = bytes
    }

    /// What each byte is, sixty-four of them in a block.
    @inlinable @inline(__always)
    package var blocks: ArraySlice<ByteBits> { bits.blocks.dropLast() }
}
