import Embedding
import Testing

@Suite struct EightBytesTests {
    /// Every byte at every place, between two sorts of neighbours.
    private static let texts: [[UInt8]] = (0..<8).flatMap { place in
        (UInt8.min...UInt8.max).flatMap { byte in
            [UInt8(ascii: "m"), 0xFF].map { neighbour in
                var bytes = [UInt8](repeating: neighbour, count: 8)
                bytes[place] = byte
                return bytes
            }
        }
    }

    private static func lanes(of bytes: [UInt8], _ holds: (UInt8) -> Bool) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | (holds($1) ? 0x80 : 0) }
    }

    @Test func `lanes say of each byte what it is`() {
        for bytes in Self.texts {
            let eight = bytes.span.eightBytes(at: 0)
            #expect(eight.letters == Self.lanes(of: bytes) { (65...90).contains($0) || (97...122).contains($0) })
            #expect(eight.digits == Self.lanes(of: bytes) { (48...57).contains($0) })
            #expect(eight.beyondASCII == Self.lanes(of: bytes) { $0 >= 0x80 })
            for byte in [0, 1, UInt8(ascii: "m"), 0x7F, 0x80, 0xFE, 0xFF] {
                #expect(eight.lanes(of: byte) == Self.lanes(of: bytes) { $0 == byte })
            }
            #expect(EightBytes.count(eight.letters) == eight.letters.nonzeroBitCount)
            #expect((0..<8).allSatisfy { eight.byte($0) == bytes[$0] })
            let small = bytes.map { (65...90).contains($0) ? $0 | 32 : $0 }
            #expect(eight.lowercased.bits == small.span.eightBytes(at: 0).bits)
        }
    }

    @Test(arguments: 0...8)
    func `a run is the bytes before the first that is none`(length: Int) {
        let text = Array("AbCdEfGh".utf8.prefix(length)) + Array("!!!!!!!!".utf8)
        let eight = text.span.eightBytes(at: 0)
        let run = EightBytes.run(of: eight.letters)
        #expect(run.length == length)
        #expect(run.mask == ~(~0 << UInt64(8 * length)))
    }

    @Test func `zeros follow the end of a text`() {
        let text: [UInt8] = [1, 2, 3]
        #expect(text.span.eightBytes(at: 0).bits == 0x030201)
        #expect(text.span.eightBytes(at: 2).bits == 3)
        #expect(text.span.eightBytes(at: 3).bits == 0)
    }

    @Test func `no token of letters is taken for another`() {
        var seen: Set<UInt64> = []
        for first in UInt8(ascii: "a")...UInt8(ascii: "z") {
            for second in UInt8(ascii: "a")...UInt8(ascii: "z") {
                for length in 1...9 {
                    var hash = WordHash(seed: 1 << 60)
                    for place in 0..<length { hash.add(place % 2 == 0 ? first : second) }
                    seen.insert(hash.value)
                }
            }
        }
        // One letter 26 times over in place of 676 where nothing else is there.
        #expect(seen.count == 26 + 8 * 676)
    }
}
