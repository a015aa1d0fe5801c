/// The xoshiro256** generator, seeded by SplitMix64 (Blackman and Vigna 2021).
///
/// Equal seeds give equal sequences on every machine.
package struct Xoshiro256: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Begins a sequence.
    package init(seed: UInt64) {
        var seeds = SplitMix64(seed: seed)
        state = (seeds.next(), seeds.next(), seeds.next(), seeds.next())
    }

    package mutating func next() -> UInt64 {
        let scrambled = (state.1 &* 5).rotatedLeft(by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3.rotatedLeft(by: 45)
        return scrambled
    }
}

extension UInt64 {
    fileprivate func rotatedLeft(by bits: Int) -> UInt64 { self << bits | self >> (64 - bits) }
}
