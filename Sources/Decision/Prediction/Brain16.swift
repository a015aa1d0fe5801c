extension Float {
    /// The upper half of its bits, rounded to nearest, ties to even: bfloat16.
    package var brain16: UInt16 {
        UInt16(truncatingIfNeeded: (bitPattern &+ 0x7FFF &+ (bitPattern >> 16 & 1)) >> 16)
    }

    /// The number whose upper half was kept.
    package init(brain16 bits: UInt16) { self.init(bitPattern: UInt32(bits) << 16) }
}
