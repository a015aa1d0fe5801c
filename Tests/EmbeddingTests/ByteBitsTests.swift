import Embedding
import Testing

@Suite struct ByteBitsTests {
    /// Every byte at every place, between two sorts of neighbours.
    @Test(arguments: [UInt8(ascii: "m"), UInt8(ascii: " "), 0xFF])
    func `bits say of each byte what it is`(neighbour: UInt8) {
        for place in [0, 1, 31, 32, 62, 63] {
            for byte in UInt8.min...UInt8.max {
                var bytes = [UInt8](repeating: neighbour, count: 64)
                bytes[place] = byte
                let bits = ByteBits(bytes.span, at: 0)
                func isTold(_ told: UInt64, _ holds: (UInt8) -> Bool) -> Bool {
                    told == bytes.reversed().reduce(0) { $0 << 1 | (holds($1) ? 1 : 0) }
                }
                let isLetter = { (byte: UInt8) in (65...90).contains(byte) || (97...122).contains(byte) }
                #expect(isTold(bits.letters, isLetter))
                #expect(isTold(bits.capitals) { (65...90).contains($0) })
                #expect(isTold(bits.digits) { (48...57).contains($0) })
                #expect(isTold(bits.marks) { $0 > 32 && $0 < 128 && !isLetter($0) && !(48...57).contains($0) })
                #expect(isTold(bits.spaces) { $0 == 32 || (9...13).contains($0) })
                #expect(isTold(bits.lineEnds) { $0 == 10 || $0 == 13 })
                #expect(isTold(bits.leads) { $0 >= 0xC0 })
                #expect(isTold(bits.continuations) { (0x80...0xBF).contains($0) })
                #expect(isTold(bits.beyondASCII) { $0 >= 0x80 })
                #expect(isTold(bits.blanks) { $0 <= 32 })
            }
        }
    }

    @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 200])
    func `bytes behind the end of a text are of no kind`(count: Int) {
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: count)
        #expect(ByteBits(text.span, at: count / 64 * 64).letters == ~(~0 << UInt64(count % 64)))
        let lowercased = LowercasedText(text.span)
        #expect(lowercased.blocks.reduce(0) { $0 + $1.letters.nonzeroBitCount } == count)
        #expect(lowercased.letters(from: 0) == count)
        #expect(lowercased.letters(from: count) == 0)
    }

    @Test func `a run is told from any place on`() {
        for start in 0..<130 {
            for length in [0, 1, 7, 63, 64, 65, 128, 150] {
                let blank = String(repeating: " ", count: start)
                let text = Array((blank + String(repeating: "x", count: length) + "12-").utf8)
                let lowercased = LowercasedText(text.span)
                #expect(lowercased.letters(from: start) == length)
                #expect(lowercased.letters(from: start + length) == 0)
            }
        }
    }

    @Test func `bits are those of the last text that was read`() {
        var lowercased = LowercasedText([UInt8](repeating: UInt8(ascii: "a"), count: 500).span)
        lowercased.read(Array("1b".utf8).span)
        #expect(lowercased.blocks.count == 1)
        #expect(lowercased.letters(from: 1) == 1)
    }
}
