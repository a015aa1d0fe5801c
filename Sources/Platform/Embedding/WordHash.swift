/// A running hash of a word's bytes that does not depend on how they were cut into pieces.
///
/// Words of at most seven bytes, none of them zero, never collide: all steps on them can be undone.
@usableFromInline
package struct WordHash: Sendable {
    /// What was taken in, eight bytes at a time.
    @usableFromInline var state: UInt64
    /// Up to seven bytes that are still to be taken in.
    @usableFromInline var pending: UInt64 = 0
    /// Bits of ``pending`` that are in use.
    @usableFromInline var fill: UInt64 = 0

    /// The hash of the empty word; its highest byte keeps words of different seeds apart and may not be zero.
    @inlinable @inline(__always)
    package init(seed: UInt64) { state = seed }

    /// Takes in `count` bytes, at most eight; those behind them are zero.
    @inlinable @inline(__always)
    package mutating func add(_ bytes: UInt64, count: Int) {
        pending |= bytes &<< fill
        fill &+= UInt64(truncatingIfNeeded: count &* 8)
        if fill >= 64 {
            state = Self.mixed(state ^ pending)
            fill &-= 64
            // What did not fit: the topmost `fill` bits of the bytes taken in.
            pending = fill == 0 ? 0 : bytes >> (UInt64(truncatingIfNeeded: count &* 8) &- fill)
        }
    }

    /// Takes in some letters and digits of a text in lower case, one at least.
    @inlinable @inline(__always)
    package mutating func add(_ text: Span<UInt8>, from start: Int, count: Int) {
        var (place, left) = (start, count)
        while left > 8 {
            add(text.eightBytes(at: place).bits | EightBytes.lowerCase, count: 8)
            place &+= 8
            left &-= 8
        }
        let last = text.eightBytes(at: place).bits | EightBytes.lowerCase
        add(last & (~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* left)), count: left)
    }

    /// Takes in one byte.
    @inlinable @inline(__always)
    package mutating func add(_ byte: UInt8) { add(UInt64(byte), count: 1) }

    /// The hash of what was taken in so far; never zero for words of at most seven bytes.
    @inlinable @inline(__always) package var value: UInt64 { Self.mixed(state ^ pending) }

    /// Multiplied by an odd number (2^64 over the golden ratio), its better half folded into the other.
    @inlinable @inline(__always)
    package static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }
}
