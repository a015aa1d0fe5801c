import JSON
import Testing

struct JSONDocumentTests {
    @Test(arguments: [
        #"{"a": "\ud800"}"#, #"{"a": "\udc00"}"#, #"{"a": "\ud800A"}"#, #"{"a": "\ud800\ud800"}"#, #"{"a": "\x"}"#,
        "{\"a\": \"\u{1}\"}", #"{"a": 01}"#, #"{"a": 1.}"#, #"{"a": 1,}"#, "[1 2]", "", " ", "{", #"{"a"}"#, "nul",
        "1 2",
        #"{"a": 1} x"#, #""open"#, #"{"a" 1}"#, #"{"a": 1 "b": 2}"#, #"{"a": 1, }"#, "{1: 2}", "[1}", #"{"a": 1]"#,
        "[,1]",
        "[1,,2]", #"["a" "b"]"#, #"["a"b]"#, "[truer]", "[nul]", "-", "[-]", "[1.e5]", "[.5]", "[1e]", "[00]",
        "[1e400]", "]",
        "[[]", "{}{}", "[18446744073709551616]", #"["\u12g4"]"#, #"["\u123"]"#, "[1\u{0}]",
    ])
    func `refuses what is no JSON`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONDocument.parse(text) }
    }

    @Test func `refuses bytes that are no UTF-8`() {
        #expect(throws: JSONError.self) { try JSONDocument.parse([0x22, 0xFF, 0x22]) }
    }

    @Test(arguments: [(500, true), (100_000, false)])
    func `bounds the depth of nesting`(_ depth: Int, _ isFine: Bool) {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(((try? JSONDocument.parse(text)) != nil) == isFine)
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""a\n\t\r\b\f\"\\\/z""#, "a\n\t\r\u{8}\u{c}\"\\/z"), (#""\u00e9\u20AC""#, "é€"),
        (#""\ud83d\ude00!""#, "😀!"), (#""""#, ""), (#"  "x"  "#, "x"), (#""\u0000""#, "\u{0}"),
        (#""\uABCD\uabcd""#, "\u{ABCD}\u{ABCD}"),
    ])
    func `resolves escapes`(_ json: String, _ text: String) throws {
        #expect(try JSONDocument.parse(json).root.string == text)
    }

    @Test func `takes the last of equal names, escaped or not`() throws {
        let root = try JSONDocument.parse(#"{"model": "a", "mod\u0065l": "b"}"#).root
        #expect(root["model"]?.string == "b")
        #expect(root[member: "model"]?.string == "b")
    }

    @Test func `reads numbers without losing digits`() throws {
        let root = try JSONDocument.parse("[9223372036854775807, -0.5e3, 12345678901234567890, 1.0]").root
        let values = Array(try #require(root.elements))
        #expect(values[0].int == .max)
        #expect(values[1].double == -500)
        #expect(values[2].int == nil)
        #expect(values[2].numberText == "12345678901234567890")
        #expect(values[3].int == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("-7", -7), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("18446744073709551615", nil), ("1e3", nil), ("-1.5", nil), (#""1""#, nil),
        ] as [(String, Int?)])
    func `takes integers of 64 bits and nothing else for one`(text: String, number: Int?) throws {
        #expect(try JSONDocument.parse(text).root.int == number)
    }

    @Test(arguments: [
        "1e5", "-1E+2", "1.5e-3", "2e-400", "0.1234567890123456789012345", "18446744073709551615",
        "12345678901234567890.5",
    ])
    func `takes numbers however they are written`(_ text: String) throws {
        let root = try JSONDocument.parse(#"{"a": [1, \#(text) ], "b": \#(text)}"#).root
        #expect(root["b"]?.numberText == text)
        #expect(root["a"]?.elements?.map(\.numberText) == ["1", text])
        #expect(root["b"]?.double == Double(text))
    }

    @Test func `finds members by name whatever stands around them`() throws {
        let root = try JSONDocument.parse(
            #"{"aa": {"b": 1, "ab": 2, "acb": 3}, "ab": [3, {"b": 4}], "": 7, "b": 5, "ab": 6}"#
        ).root
        #expect(root["ab"]?.int == 6)
        #expect(root["b"]?.int == 5)
        #expect(root[""]?.int == 7)
        #expect(root["aa"]?["ab"]?.int == 2)
        #expect(root["aa"]?["adb"] == nil)
        #expect(root["a"] == nil)
        #expect(root["aa"]?["b"]?["c"] == nil)
    }

    @Test func `knows the bytes of every value`() throws {
        let root = try JSONDocument.parse(#" { "a" : [ 1 , {"b":null} ] , "c" : "x\"y" } "#).root
        #expect(String(decoding: try #require(root["a"]).raw, as: UTF8.self) == #"[ 1 , {"b":null} ]"#)
        #expect(String(decoding: try #require(root["c"]).raw, as: UTF8.self) == #""x\"y""#)
        #expect(root["a"]?.elements.map { $0.map(\.isObject) } == [false, true])
    }

    @Test func `reuses a parser after an error`() throws {
        let parser = JSONParser()
        #expect(throws: JSONError.self) { try parser.parse(Array("[".utf8)) }
        #expect(try parser.parse(Array("[true]".utf8)).root.elements?.map(\.bool) == [true])
    }
}
