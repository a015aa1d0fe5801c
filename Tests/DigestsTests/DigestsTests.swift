import Digests
import Testing

struct DigestsTests {
    /// The examples of FIPS 180-4.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `hashes as the standard says`(_ text: String, _ hexadecimal: String) {
        #expect(SHA256Digest(of: text).description == hexadecimal)
        #expect(SHA256Digest(hexadecimal: hexadecimal.uppercased()) == SHA256Digest(of: text))
    }

    @Test(arguments: ["", "abc", String(repeating: "g", count: 64), String(repeating: "0", count: 65)])
    func `refuses what is no digest`(_ text: String) {
        #expect(SHA256Digest(hexadecimal: text) == nil)
    }

    @Test func `tells digests apart`() {
        #expect(SHA256Digest(of: "a").isEqualInConstantTime(to: SHA256Digest(of: "a")))
        #expect(!SHA256Digest(of: "a").isEqualInConstantTime(to: SHA256Digest(of: "b")))
    }

    /// Time 1469918176385 is written 01ARYZ6S41 in the ULID specification.
    @Test func `writes time and entropy as ULIDs do`() {
        let id = SortableID.text(
            prefix: "frt_", milliseconds: 1_469_918_176_385, entropy: [UInt8](repeating: 255, count: 10)[...])
        #expect(id == "frt_01aryz6s41zzzzzzzzzzzzzzzz")
    }

    @Test func `sorts by time and does not repeat`() {
        let ids = (0..<1000).map { SortableID.text(prefix: "frt_", milliseconds: 1_700_000_000_000 + $0) }
        #expect(ids == ids.sorted())
        #expect(Set(ids.map { $0.suffix(16) }).count == 1000)
    }

    @Test(arguments: [("123456789", 0xE306_9283), (String(repeating: "\0", count: 32), 0x8A91_36AA), ("", 0)])
    func `the checksum is that of RFC 3720`(text: String, expected: Int) {
        let bytes = Array(text.utf8)
        let checksum = CRC32C.checksum(of: bytes.span)
        #expect(checksum == UInt32(expected))
    }
}
