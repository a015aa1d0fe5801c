/// What kinds of bytes stand where in a text: for each kind one bit a byte, 64 of them in a block, the first lowest.
@usableFromInline
package struct ByteClasses: Sendable {
    /// How many bytes the text has.
    @usableFromInline package let count: Int
    /// The text with small letters, and zeros behind it: any eight bytes that begin in it can be read.
    @usableFromInline package let lowercased: [UInt8]
    /// What each byte is.
    @usableFromInline let bits: TextBits

    /// A kind of bytes.
    @usableFromInline
    package enum Kind: Sendable {
        /// ASCII letters, ASCII digits, bytes of characters beyond ASCII, ASCII white space.
        case letter, digit, beyondASCII, space
    }

    package init(_ text: Span<UInt8>) {
        count = text.count
        let room = (text.count + 63) / 64 * 64 + 8
        // Filled in this way an array needs no look-up of its type at run time, which takes longer than short texts do.
        var lowercased: [UInt8] = []
        lowercased.append(addingCapacity: room) { $0.append(repeating: 0, count: room) }
        bits = TextBits(text, lowercased: &lowercased)
        self.lowercased = lowercased
    }

    /// How many blocks there are.
    @inlinable @inline(__always) package var blocks: Int { bits.blocks.count &- 1 }

    /// The bits of a kind in a block.
    @inlinable @inline(__always)
    package subscript(_ kind: Kind, _ block: Int) -> UInt64 {
        switch kind {
        case .letter: bits.blocks[block].letters
        case .digit: bits.blocks[block].digits
        case .beyondASCII: bits.blocks[block].beyondASCII
        case .space: bits.blocks[block].spaces
        }
    }
}
