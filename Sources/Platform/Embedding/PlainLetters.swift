/// The letters and digits of a text in lower case and nothing else.
package enum PlainLetters {
    /// Those of a text that is all ASCII; nil for another.
    package static func of(_ text: Span<UInt8>) -> [UInt8]? {
        var isASCII = true
        // Room for the eight bytes that are written at once: what is no letter or digit among them is written over by what
        // follows.
        let letters = unsafe [UInt8](unsafeUninitializedCapacity: text.count + 8) { kept, count in
            let room = UnsafeMutableRawBufferPointer(kept)
            for start in stride(from: 0, to: text.count, by: 64) {
                let bits = ByteBits(text, at: start)
                guard bits.leads | bits.continuations == 0 else {
                    isASCII = false
                    return
                }
                var left = bits.letters | bits.digits
                while left != 0 {
                    let first = left.trailingZeroBitCount
                    let length = min(8, (~(left &>> UInt64(first))).trailingZeroBitCount)
                    let letters = text.eightBytes(at: start &+ first).bits | EightBytes.lowerCase
                    unsafe room.storeBytes(of: letters.littleEndian, toByteOffset: count, as: UInt64.self)
                    count &+= length
                    left &= ~0 << UInt64(first &+ length)
                }
            }
        }
        return isASCII ? letters : nil
    }
}
