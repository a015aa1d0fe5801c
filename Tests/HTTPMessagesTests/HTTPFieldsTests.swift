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
        var reader = HTTPFieldReader()
        read([["first"], ["1"]], trimming: false, with: &reader)
        read(pieces, trimming: trimming, with: &reader)
        read([["last"], ["3"]], trimming: false, with: &reader)
        let fields = reader.take()
        #expect(String(decoding: fields.text, as: UTF8.self) == "\r\nfirst: 1\(line)\r\nlast: 3")
        #expect(fields.places.count == 3)
        #expect(fields["last"] == "3")
    }

    /// Has a field read of which each piece lies in the same place as the one before it.
    private func read(_ pieces: [[String]], trimming: Bool, with reader: inout HTTPFieldReader) {
        let received = UnsafeMutableRawBufferPointer.allocate(byteCount: 16, alignment: 1)
        defer { received.deallocate() }
        func receive(_ piece: String) -> UnsafeRawBufferPointer {
            reader.keepPieces()
            received.copyBytes(from: piece.utf8)
            return UnsafeRawBufferPointer(rebasing: received[..<piece.utf8.count])
        }
        for piece in pieces[0] { reader.extendName(by: receive(piece)) }
        for piece in pieces[1] { reader.extendValue(by: receive(piece)) }
        reader.endField(trimming: trimming)
    }

    @Test(arguments: ["", "short", "longer than fifteen bytes", "é😀"])
    func `a text is appended in UTF-8`(text: String) {
        var bytes: [UInt8] = [1]
        bytes.append(text: text)
        #expect(bytes == [1] + Array(text.utf8))
    }

    @Test(arguments: [0, 7, 10, 99, 100, 1_048_576, Int.max])
    func `a number is appended in decimal digits`(number: Int) {
        var bytes: [UInt8] = [1]
        bytes.append(decimal: number)
        #expect(bytes == [1] + Array(String(number).utf8))
    }
}
