/// Eight bytes of a text in one register, the first lowest: what is asked of one byte is asked of all at once.
///
/// Answers are lanes: the highest bit of each byte for which the answer is yes (Lamport 1975, "Multiple byte processing
/// with full-word instructions"). Everything is inlinable, for it stands in the innermost loops of other modules.
@usableFromInline
package struct EightBytes: Sendable {
    /// The bytes, the first lowest.
    @usableFromInline package let bits: UInt64

    @inlinable @inline(__always)
    package init(_ bits: UInt64) { self.bits = bits }

    @usableFromInline static let highest: UInt64 = 0x8080_8080_8080_8080
    @usableFromInline static let each: UInt64 = 0x0101_0101_0101_0101
    /// The bit that a lower-case letter has and a capital has not.
    @usableFromInline static let lowerCase: UInt64 = 0x2020_2020_2020_2020

    /// One of the eight.
    @inlinable @inline(__always)
    package func byte(_ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: bits &>> UInt64(truncatingIfNeeded: 8 &* index))
    }

    /// The lanes of ASCII letters.
    @inlinable @inline(__always) package var letters: UInt64 {
        Self.lanes(of: bits | Self.lowerCase, from: 0x61, through: 0x7A) & ~bits
    }

    /// The lanes of ASCII digits.
    @inlinable @inline(__always) package var digits: UInt64 { Self.lanes(of: bits, from: 0x30, through: 0x39) & ~bits }

    /// The lanes of bytes beyond ASCII.
    @inlinable @inline(__always) package var beyondASCII: UInt64 { bits & Self.highest }

    /// The lanes of one byte.
    @inlinable @inline(__always)
    package func lanes(of byte: UInt8) -> UInt64 {
        let others = bits ^ Self.each &* UInt64(byte)
        return ~((others & ~Self.highest) &+ ~Self.highest | others) & Self.highest
    }

    /// All of them, capital letters made small.
    @inlinable @inline(__always) package var lowercased: EightBytes { EightBytes(bits | letters &>> 2) }

    /// The bytes from the first on that are in these lanes.
    @inlinable @inline(__always)
    package static func run(of lanes: UInt64) -> Run {
        let others = ~lanes & highest
        return Run(length: others.trailingZeroBitCount &>> 3, mask: ((others & (0 &- others)) &>> 7) &- 1)
    }

    /// Some bytes from the first on.
    @usableFromInline
    package struct Run {
        /// 0 to 8.
        @usableFromInline package let length: Int
        /// All bits of these bytes.
        @usableFromInline package let mask: UInt64

        @inlinable @inline(__always)
        init(length: Int, mask: UInt64) { (self.length, self.mask) = (length, mask) }
    }

    /// How many lanes are answered with yes.
    @inlinable @inline(__always)
    package static func count(_ lanes: UInt64) -> Int { Int(truncatingIfNeeded: ((lanes &>> 7) &* each) &>> 56) }

    /// Whether the lower seven bits of each byte lie between two ASCII characters.
    @inlinable @inline(__always)
    static func lanes(of bits: UInt64, from first: UInt64, through last: UInt64) -> UInt64 {
        let low = bits & ~highest
        return (low &+ each &* (0x80 - first)) & ~(low &+ each &* (0x7F - last)) & highest
    }
}

extension Span<UInt8> {
    /// The eight bytes from an index on; zeros follow the end.
    @inlinable @inline(__always)
    package func eightBytes(at index: Int) -> EightBytes {
        // One load: the bounds are those of all eight.
        if index >= 0, count &- index >= 8 {
            return unsafe EightBytes(
                UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)))
        }
        var bits: UInt64 = 0
        var place = count
        while place > index {
            place &-= 1
            bits = bits << 8 | UInt64(self[place])
        }
        return EightBytes(bits)
    }
}
