/// The letters and digits of a text in lower case and nothing else.
package enum PlainLetters {
    /// Those of a text that is all ASCII; nil for another.
    package static func of(_ text: Span<UInt8>) -> [UInt8]? {
        var isASCII = true
        // Room for the eight bytes that are written at once: what is no letter or digit among them is written over by what
        // follows.
        let letters = unsafe [UInt8](unsafeUninitializedCapacity: text.count + 8) { kept, count in
            var place = 0
            while place < text.count {
                let bytes = text.eightBytes(at: place)
                if bytes.beyondASCII != 0 { isASCII = false }
                let run = EightBytes.run(of: bytes.letters | bytes.digits)
                unsafe UnsafeMutableRawBufferPointer(kept).storeBytes(
                    of: bytes.lowercased(run).littleEndian, toByteOffset: count, as: UInt64.self)
                count &+= run.length
                // Of what ends the run is known that it is neither.
                place &+= min(run.length &+ 1, 8)
            }
        }
        return isASCII ? letters : nil
    }
}
