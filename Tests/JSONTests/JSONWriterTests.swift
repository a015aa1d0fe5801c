import JSON
import Testing

struct JSONWriterTests {
    @Test(arguments: ["", "plain", "\"\\/\u{0}\u{1f}\u{8}\u{c}\n\r\t", "é😀\u{2028}", "\u{7f}"])
    func `writes strings that read back the same`(_ text: String) throws {
        var writer = JSONWriter()
        writer.string(text)
        #expect(try JSONDocument.parse(writer.bytes).root.string == text)
    }

    @Test(arguments: [(0.0, "0"), (0.1, "0.1"), (-2.0, "-2"), (1e300, "1e+300"), (.nan, "null"), (.infinity, "null")])
    func `writes numbers in their shortest form`(_ number: Double, _ json: String) {
        var writer = JSONWriter()
        writer.double(number)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
    }

    @Test(arguments: [0, 9, 10, -1, 1_000_000, 123_456_789, Int.max, Int.min])
    func `writes integers as they are spelt`(_ number: Int) {
        var writer = JSONWriter()
        writer.int(number)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\(number)")
    }

    @Test func `puts commas where they belong`() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("a", 1)
            writer.member("b", nil as String?)
            writer.member(
                "c",
                array: { writer in
                    writer.object { _ in }
                    writer.array { $0.null() }
                    writer.bool(true)
                })
            writer.member("d", raw: "{}".utf8)
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":1,"c":[{},[null],true],"d":{}}"#)
    }
}
