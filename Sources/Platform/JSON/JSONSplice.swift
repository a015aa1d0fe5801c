/// Edits to a document's text that leave every other byte as it was sent.
package struct JSONSplice: Sendable {
    private let document: JSONDocument
    private var edits: [(range: Range<Int>, replacement: [UInt8])] = []

    /// Starts without edits.
    package init(_ document: JSONDocument) {
        self.document = document
    }

    /// Replaces a value's text.
    package mutating func replace(_ value: JSONValue, with json: [UInt8]) {
        edits.append((value.range, json))
    }

    /// Sets a member of an object that lies directly in the document: replaced where it stands, else added at the end.
    package mutating func set(_ name: String, in object: JSONValue, to json: [UInt8]) {
        if let present = object[member: name] { return replace(present, with: json) }
        var writer = JSONWriter(capacity: json.count + name.utf8.count + 4)
        writer.member(name, raw: json)
        let isEmpty = object.members?.contains { _ in true } != true
        let end = object.range.upperBound - 1
        edits.append((end..<end, (isEmpty ? [] : [UInt8(ascii: ",")]) + writer.bytes))
    }

    /// The text with all edits applied; they must not overlap.
    package func apply() -> [UInt8] {
        let source = document.bytes
        var out: [UInt8] = []
        out.reserveCapacity(edits.reduce(source.count) { $0 + $1.replacement.count })
        var at = 0
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            out.append(contentsOf: source[at..<edit.range.lowerBound])
            out.append(contentsOf: edit.replacement)
            at = edit.range.upperBound
        }
        out.append(contentsOf: source[at...])
        return out
    }
}
