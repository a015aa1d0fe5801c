import CKernels

/// A running hash of a word's bytes, by which it is looked up.
///
/// Words of at most eight bytes, none of them zero, never collide: all steps on them can be undone.
@usableFromInline
package struct WordHash: Sendable {
    /// What was taken in, eight bytes at a time.
    @usableFromInline var state: UInt64
    /// Up to eight bytes that are still to be taken in.
    @usableFromInline var pending: UInt64 = 0
    /// Bits of ``pending`` that are in use.
    @usableFromInline var fill: UInt64 = 0

    /// The hash that a ``ByteRun`` has of the same bytes.
    package init() { state = ckernels_run_seed }

    /// A hash that differs from that of others; the highest byte of the seed keeps words of different seeds apart and may not be
    /// zero.
    @inlinable @inline(__always)
    package init(seed: UInt64) { state = seed }

    /// Takes in one byte.
    @inlinable @inline(__always)
    package mutating func add(_ byte: UInt8) {
        if fill == 64 {
            state = Self.mixed(state ^ pending)
            (pending, fill) = (0, 0)
        }
        pending |= UInt64(byte) &<< fill
        fill &+= 8
    }

    /// The hash of what was taken in so far; never zero for letters and digits.
    @inlinable @inline(__always) package var value: UInt64 { Self.mixed(state ^ pending) }

    /// Multiplied by an odd number (2^64 over the golden ratio), its better half folded into the other.
    @inlinable @inline(__always)
    package static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }
}
