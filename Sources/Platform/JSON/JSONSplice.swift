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
    ///
    /// Of equal names every one is replaced, so that no reader sees the old value whichever it takes.
    package mutating func set(_ name: String, in object: JSONValue, to json: [UInt8]) {
        guard let members = object.members else { return }
        var isEmpty = true
        var isPresent = false
        for member in members {
            isEmpty = false
            guard member.name == name else { continue }
            isPresent = true
            replace(member.value, with: json)
        }
        guard !isPresent else { return }
        var writer = JSONWriter(capacity: json.count + name.utf8.count + 4)
        writer.key(named: name)
        writer.raw(json)
        let end = object.range.upperBound - 1
        let isFirst = isEmpty && !edits.contains { $0.range == end..<end }
        edits.append((end..<end, (isFirst ? [] : [UInt8(ascii: ",")]) + writer.bytes))
    }

    /// Adds an element at the end of an array.
    package mutating func append(_ json: [UInt8], to array: JSONValue) {
        guard var elements = array.elements else { return }
        let end = array.range.upperBound - 1
        let isFirst = elements.next() == nil && !edits.contains { $0.range == end..<end }
        edits.append((end..<end, (isFirst ? [] : [UInt8(ascii: ",")]) + json))
    }

    /// The text with all edits applied; they must not overlap.
    package func apply() -> [UInt8] {
        let source = document.bytes
        var out: [UInt8] = []
        out.reserveCapacity(edits.reduce(source.count) { $0 + $1.replacement.count })
        var at = 0
        let ordered = edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }
        for (_, edit) in ordered {
            out.append(contentsOf: source[at..<edit.range.lowerBound])
            out.append(contentsOf: edit.replacement)
            at = edit.range.upperBound
        }
        out.append(contentsOf: source[at...])
        return out
    }
}
