/// What each byte of a text is; to be used again and again by one thread, for the room it has.
@usableFromInline
package struct TextBits: Sendable {
    /// Of sixty-four bytes each, and one more behind the end of the text.
    @usableFromInline package private(set) var blocks: [ByteBits] = [ByteBits()]

    /// The bits of no text.
    package init() {}

    /// The bits of a text.
    package init(_ text: Span<UInt8>) { read(text) }

    /// Reads a text in place of the last one.
    package mutating func read(_ text: Span<UInt8>) { unsafe read(text, lowercased: nil) }

    /// The bits of a text, which is written in lower case to where there is room for a multiple of 64 bytes.
    init(_ text: Span<UInt8>, lowercased: inout [UInt8]) {
        unsafe lowercased.withUnsafeMutableBufferPointer { unsafe read(text, lowercased: $0.baseAddress) }
    }

    private mutating func read(_ text: Span<UInt8>, lowercased: UnsafeMutablePointer<UInt8>?) {
        let count = (text.count + 63) / 64
        blocks.removeAll(keepingCapacity: true)
        blocks.append(addingCapacity: count + 1) { blocks in
            unsafe blocks.withUnsafeMutableBufferPointer { room, filled in
                unsafe ByteBits.read(text, into: UnsafeMutableRawBufferPointer(room), lowercased: lowercased)
                filled = count
            }
            blocks.append(ByteBits())
        }
    }

    /// How many letters there are from an index on before anything else.
    @inlinable @inline(__always)
    package func letters(from index: Int) -> Int { run(from: index) { $0.letters } }

    /// How many letters and digits there are from an index on before anything else.
    @inlinable @inline(__always)
    package func lettersAndDigits(from index: Int) -> Int { run(from: index) { $0.letters | $0.digits } }

    @inlinable @inline(__always)
    func run(from index: Int, of bits: (ByteBits) -> UInt64) -> Int {
        var block = index &>> 6
        let inBlock = index & 63
        var length = (~(bits(blocks[block]) &>> UInt64(truncatingIfNeeded: inBlock))).trailingZeroBitCount
        guard length &+ inBlock == 64 else { return length }
        var more = 64
        while more == 64 {
            block &+= 1
            more = (~bits(blocks[block])).trailingZeroBitCount
            length &+= more
        }
        return length
    }
}
