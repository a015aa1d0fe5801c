import JSON
import Testing

struct JSONWriterTests {
    @Test(arguments: ["", "plain", "\"\\/\u{0}\u{1f}\u{8}\u{c}\n\r\t", "é😀\u{2028}", "\u{7f}"])
    func `writes strings that read back the same`(_ text: String) throws {
        var writer = JSONWriter()
        writer.string(text)
        #expect(try JSONDocument.parse(writer.bytes).root.string == text)
    }

    @Test(arguments: 0..<20)
    func `escapes what must be wherever it stands`(place: Int) throws {
        for length in place + 1...20 {
            for byte in UInt8(0)...127 {
                var text = [UInt8](repeating: UInt8(ascii: "~"), count: length)
                text[place] = byte
                var writer = JSONWriter(capacity: 0)
                writer.string(String(decoding: text, as: UTF8.self))
                let isEscaped = byte < 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                #expect((writer.count > length + 2) == isEscaped)
                #expect(try JSONDocument.parse(writer.bytes).root.string.map { Array($0.utf8) } == text)
            }
        }
    }

    @Test(arguments: [
        (0.0, "0"), (0.1, "0.1"), (-2.0, "-2"), (1e300, "1e+300"), (.nan, "null"), (.infinity, "null"), (-0.0, "-0"),
        (9007199254740991, "9007199254740991"), (-9007199254740992, "-9007199254740992"), (1e16, "1e+16"),
        (123456.75, "123456.75"),
    ])
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

    @Test(arguments: [0, 1, 9, 10, 15, 16, 255, 256, 0xFEDC_BA98_7654_3210, .max] as [UInt64])
    func `writes hexadecimal digits as they are spelt`(_ number: UInt64) {
        var writer = JSONWriter(capacity: 0)
        writer.object { $0.member("n", hexadecimal: number) }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"n":"\#(String(number, radix: 16))"}"#)
    }

    @Test func `writes integers of every length in the room they need`() {
        for digits in 1...18 {
            let number = Int(String(repeating: "9", count: digits))!
            for number in [number, number + 1, -number] {
                var writer = JSONWriter(capacity: 0)
                writer.object { $0.member("n", number) }
                #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"n":\#(number)}"#)
            }
        }
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

    @Test func `lines follow each other in the same room, and bytes are put in the place of others`() {
        var writer = JSONWriter(capacity: 0)
        for number in [1, 2] {
            writer.array { $0.int(number) }
            writer.endLine()
        }
        writer.replace(at: 1, with: Array("7".utf8).span)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[7]\n[2]\n")
        writer.removeAll(keepingRoomFor: 3)
        writer.string("a longer text than there is room for")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"a longer text than there is room for\"")
    }
}
