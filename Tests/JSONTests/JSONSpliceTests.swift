import JSON
import Testing

struct JSONSpliceTests {
    private func set(_ edits: [(StaticString, String)], in text: String) throws -> String {
        let document = try JSONDocument.parse(text)
        var splice = JSONSplice(document)
        for (name, json) in edits { splice.set(name, in: document.root, to: Array(json.utf8)) }
        return String(decoding: splice.apply(), as: UTF8.self)
    }

    @Test func `replaces one value and keeps every other byte`() throws {
        #expect(try set([("b", "[]")], in: #" {"a" :1,  "b": {"c":2} , "d":3}"#) == #" {"a" :1,  "b": [] , "d":3}"#)
    }

    @Test func `adds members to an empty object and to a full one`() throws {
        #expect(try set([("a", "1"), ("b", "2")], in: "{ }") == #"{ "a":1,"b":2}"#)
        #expect(try set([("a", "1"), ("b", "2")], in: #"{"x":0}"#) == #"{"x":0,"a":1,"b":2}"#)
    }

    @Test func `replaces every one of equal names`() throws {
        #expect(try set([("m", "0")], in: #"{"m":1,"\u006d":2}"#) == #"{"m":0,"\u006d":0}"#)
    }

    @Test(arguments: [
        ("[]", "[1,2]"), ("[ ]", "[ 1,2]"), (#"[{"x":[0]} ]"#, #"[{"x":[0]} ,1,2]"#), (#"{"a":1}"#, #"{"a":1}"#),
    ])
    func `adds elements at the end of an array and leaves what is none`(_ text: String, _ expected: String) throws {
        let document = try JSONDocument.parse(text)
        var splice = JSONSplice(document)
        for element in ["1", "2"] { splice.append(Array(element.utf8), to: document.root) }
        #expect(String(decoding: splice.apply(), as: UTF8.self) == expected)
    }

    @Test func `takes edits in any order`() throws {
        #expect(try set([("b", "9"), ("a", "8")], in: #"{"a":1,"b":2}"#) == #"{"a":8,"b":9}"#)
    }
}
