/// Which bytes occur in a text: what tells at once that most checks have nothing to look for in it.
struct ByteSet: Sendable {
    /// One bit for each value of a byte.
    private var bits: InlineArray<4, UInt64> = InlineArray(repeating: 0)

    init(of text: some Sequence<UInt8>) {
        for byte in text { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }

    func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

    /// Whether a byte of another set is in this one.
    func holdsAny(of other: ByteSet) -> Bool {
        var common: UInt64 = 0
        for place in bits.indices { common |= bits[place] & other.bits[place] }
        return common != 0
    }
}
