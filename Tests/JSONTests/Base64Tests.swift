import JSON
import Testing

@Suite struct Base64Tests {
    private func written(_ bytes: [UInt8]) -> String {
        var json = JSONWriter(capacity: 0)
        json.base64(bytes)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    // RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `bytes have one text`(plain: String, text: String) throws {
        #expect(written(Array(plain.utf8)) == "\"\(text)\"")
        #expect(try JSONDocument.parse("\"\(text)\"").root.base64 == Array(plain.utf8))
    }

    @Test func `a text of any length is that of its threes`() {
        let bytes = (0..<40).map { UInt8(truncatingIfNeeded: $0 * 37 + 200) }
        for count in 0...40 {
            let threes = stride(from: 0, to: count, by: 3).map {
                written(Array(bytes[$0..<min($0 + 3, count)])).filter { $0 != "\"" }
            }
            #expect(written(Array(bytes[..<count])) == "\"\(threes.joined())\"")
        }
    }

    @Test(arguments: 254...256)
    func `every byte comes back`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try JSONDocument.parse(written(bytes)).root.base64 == bytes)
    }

    @Test(arguments: ["Zg", "Zg=", "Z===", "Zh==", "Zm9=", "Zm 9v", "Zm9v====", "====", "Zg==Zg=="])
    func `another text is none`(text: String) { #expect(Base64.decode(text) == nil) }
}
