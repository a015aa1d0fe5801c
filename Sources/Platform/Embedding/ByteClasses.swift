import CKernels

/// What kinds of bytes stand where in a text: for each kind one bit a byte, 64 of them in a block, the first lowest.
@usableFromInline
package struct ByteClasses: Sendable {
    /// How many bytes the text has.
    @usableFromInline package let count: Int
    /// The text with small letters, and zeros behind it: any eight bytes that begin in it can be read.
    @usableFromInline package let lowercased: [UInt8]
    /// Of each block the bits of each kind.
    @usableFromInline let bits: [UInt64]

    /// A kind of bytes.
    @usableFromInline
    package enum Kind: Int, Sendable {
        /// ASCII letters, ASCII digits, bytes of characters beyond ASCII, ASCII white space.
        case letter, digit, beyondASCII, space
    }
    @usableFromInline static let kinds = 4

    package init(_ text: Span<UInt8>) {
        count = text.count
        let blocks = (text.count + 63) / 64
        // Filled in this way an array needs no look-up of its type at run time, which takes longer than short texts do.
        var (bits, lowercased): ([UInt64], [UInt8]) = ([], [])
        bits.append(addingCapacity: Self.kinds * blocks) { $0.append(repeating: 0, count: Self.kinds * blocks) }
        lowercased.append(addingCapacity: 64 * blocks + 8) { $0.append(repeating: 0, count: 64 * blocks + 8) }
        unsafe text.withUnsafeBufferPointer { text in
            guard let first = text.baseAddress else { return }
            unsafe ckernels_byte_classes(first, text.count, &bits, &lowercased)
        }
        (self.bits, self.lowercased) = (bits, lowercased)
    }

    /// How many blocks there are.
    @inlinable @inline(__always) package var blocks: Int { bits.count &>> 2 }

    /// The bits of a kind in a block.
    @inlinable @inline(__always)
    package subscript(_ kind: Kind, _ block: Int) -> UInt64 { bits[Self.kinds &* block &+ kind.rawValue] }
}
