/// A text in small letters, with what each of its bytes is; to be used again and again by one thread, for the room it has.
@usableFromInline
package struct LowercasedText: Sendable {
    /// How many bytes the text has.
    @usableFromInline package private(set) var count = 0
    /// The text with small letters, and zeros behind it: any eight bytes that begin in it can be read.
    @usableFromInline package private(set) var bytes: [UInt8] = []
    /// What the bytes are: ``blocks``, and an empty one behind the end of the text.
    @usableFromInline private(set) var kinds: [ByteBits] = []

    /// Room for a text, before one is read.
    package init() {}

    package init(_ text: Span<UInt8>) { read(text) }

    /// Reads a text in place of the last one.
    package mutating func read(_ text: Span<UInt8>) {
        count = text.count
        Self.read(text, into: &kinds, lowercased: &bytes)
    }

    private static func read(_ text: Span<UInt8>, into blocks: inout [ByteBits], lowercased: inout [UInt8]) {
        let count = (text.count + 63) / 64
        lowercased.removeAll(keepingCapacity: true)
        // Filled in this way an array needs no look-up of its type at run time, which takes longer than short texts do.
        lowercased.append(addingCapacity: count * 64 + 8) { $0.append(repeating: 0, count: count * 64 + 8) }
        blocks.removeAll(keepingCapacity: true)
        blocks.append(addingCapacity: count + 1) { blocks in
            unsafe blocks.withUnsafeMutableBufferPointer { room, filled in
                unsafe lowercased.withUnsafeMutableBufferPointer { small in
                    unsafe ByteBits.read(
                        text, into: UnsafeMutableRawBufferPointer(room), lowercased: small.baseAddress)
                }
                filled = count
            }
            blocks.append(ByteBits())
        }
    }

    /// What each byte is, sixty-four of them in a block.
    @inlinable @inline(__always)
    package var blocks: ArraySlice<ByteBits> { kinds.dropLast() }

    /// How many letters there are from an index on before anything else.
    @inlinable @inline(__always)
    package func letters(from index: Int) -> Int {
        var block = index &>> 6
        let inBlock = index & 63
        var length = (~(kinds[block].letters &>> UInt64(truncatingIfNeeded: inBlock))).trailingZeroBitCount
        guard length &+ inBlock == 64 else { return length }
        var more = 64
        while more == 64 {
            block &+= 1
            more = (~kinds[block].letters).trailingZeroBitCount
            length &+= more
        }
        return length
    }
}
