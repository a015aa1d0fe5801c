import HTTPMessages
import Testing

struct HTTPFieldsTests {
    @Test(arguments: [
        ("content-type", "Content-Type", true), ("x", "X", true), ("", "", true), ("date", "data", false),
        ("a", "aa", false), ("@", "`", false), ("[", "{", false), ("é", "É", false),
    ])
    func `names are compared without regard to the case of ASCII letters`(one: String, other: String, areEqual: Bool) {
        #expect(one.utf8.span.isSameName(as: other.utf8.span) == areEqual)
        #expect((HTTPFields([one: "value"])[other] != nil) == areEqual)
    }

    @Test func `setting replaces every field of that name`() {
        var fields = HTTPFields(["A": "1", "b": "2", "a": "3"])
        fields.set("a", "4")
        #expect(fields.places.map { fields.name(at: $0) + fields.value(at: $0) } == ["b2", "a4"])
        #expect(fields == HTTPFields(["b": "2", "a": "4"]))
    }

    @Test(arguments: [
        ([["na", "me"], ["val", "ue"]], false, "\r\nname: value"), ([["name"], []], false, "\r\nname: "),
        ([["name"], ["value \t"]], false, "\r\nname: value \t"), ([["name"], ["va lue \t"]], true, "\r\nname: va lue"),
        ([["name"], [" "]], true, "\r\nname: "), ([["name"], []], true, "\r\nname: "),
    ])
    func `a field that comes in pieces is one line`(pieces: [[String]], trimming: Bool, line: String) {
        var fields = HTTPFields(["first": "1"])
        for piece in pieces[0] { Array(piece.utf8).withUnsafeBytes { fields.extendName(by: $0) } }
        for piece in pieces[1] { Array(piece.utf8).withUnsafeBytes { fields.extendValue(by: $0) } }
        fields.endField(trimming: trimming)
        fields.append("last", "3")
        #expect(String(decoding: fields.text, as: UTF8.self) == "\r\nfirst: 1\(line)\r\nlast: 3")
        #expect(fields.places.count == 3)
        #expect(fields["last"] == "3")
    }

    @Test(arguments: ["", "short", "longer than fifteen bytes", "é😀"])
    func `a text is appended in UTF-8`(text: String) {
        var bytes: [UInt8] = [1]
        bytes.append(text: text)
        #expect(bytes == [1] + Array(text.utf8))
    }
}
