import HTTPMessages
import Testing

struct HTTPFieldsTests {
    @Test(arguments: [
        ("content-type", "Content-Type", true), ("x", "X", true), ("", "", true), ("date", "data", false),
        ("a", "aa", false), ("@", "`", false), ("[", "{", false), ("é", "É", false),
    ])
    func `names are compared without regard to the case of ASCII letters`(one: String, other: String, areEqual: Bool) {
        #expect(HTTPFields.areEqual(one, other) == areEqual)
        #expect((HTTPFields([one: "value"])[other] != nil) == areEqual)
    }

    @Test func `setting replaces every field of that name`() {
        var fields = HTTPFields(["A": "1", "b": "2", "a": "3"])
        fields.set("a", "4")
        #expect(fields.all.map { $0.name + $0.value } == ["b2", "a4"])
    }

    @Test(arguments: ["", "short", "longer than fifteen bytes", "é😀"])
    func `a text is appended in UTF-8`(text: String) {
        var bytes: [UInt8] = [1]
        bytes.append(text: text)
        #expect(bytes == [1] + Array(text.utf8))
    }
}
