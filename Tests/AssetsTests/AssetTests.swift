import Assets
import Testing

@Suite struct AssetTests {
    @Test func `a linked file is there with all its bytes`() {
        let asset = Asset.wordpieceVocabulary
        #expect(asset.count == 231_508)
        let first = asset.withBytes { bytes in (0..<5).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) } }
        #expect(first == Array("[PAD]".utf8))
    }
}
