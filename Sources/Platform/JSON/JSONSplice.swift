/// Edits to a document's text that leave every other byte as it was sent.
package struct JSONSplice: Sendable {
    private let document: JSONDocument
    /// In the order of their places, and where these are equal in the order they came.
    private var edits: [(range: Range<Int>, replacement: [UInt8])] = []

    /// Starts without edits.
    package init(_ document: JSONDocument) {
        self.document = document
    }

    /// Replaces a value's text.
    package mutating func replace(_ value: JSONValue, with json: [UInt8]) {
        edit(value.range, json)
    }

    private mutating func edit(_ range: Range<Int>, _ replacement: [UInt8]) {
        let behind = edits.firstIndex { $0.range.lowerBound > range.lowerBound }
        guard let behind else { return edits.append((range, replacement)) }
        edits.insert((range, replacement), at: behind)
    }

    /// Sets a member of an object that lies directly in the document: replaced where it stands, else added at the end.
    ///
    /// Of equal names every one is replaced, so that no reader sees the old value whichever it takes.
    package mutating func set(_ name: StaticString, in object: JSONValue, to json: [UInt8]) {
        guard let members = object.members else { return }
        var isEmpty = true
        var isPresent = false
        for member in members {
            isEmpty = false
            guard member.isNamed(name) else { continue }
            isPresent = true
            replace(member.value, with: json)
        }
        guard !isPresent else { return }
        var writer = JSONWriter(capacity: json.count + name.utf8CodeUnitCount + 4)
        writer.key(name)
        writer.raw(json)
        let end = object.range.upperBound - 1
        let isFirst = isEmpty && !edits.contains { $0.range == end..<end }
        edit(end..<end, (isFirst ? [] : [UInt8(ascii: ",")]) + writer.bytes)
    }

    /// Adds an element at the end of an array.
    package mutating func append(_ json: [UInt8], to array: JSONValue) {
        guard var elements = array.elements else { return }
        let end = array.range.upperBound - 1
        let isFirst = elements.next() == nil && !edits.contains { $0.range == end..<end }
        edit(end..<end, (isFirst ? [] : [UInt8(ascii: ",")]) + json)
    }

    /// The text with all edits applied; they must not overlap.
    package func apply() -> [UInt8] {
        let source = document.bytes
        var out: [UInt8] = []
        out.reserveCapacity(edits.reduce(source.count) { $0 + $1.replacement.count })
        var at = 0
        for edit in edits {
            out.append(contentsOf: source[at..<edit.range.lowerBound])
            out.append(contentsOf: edit.replacement)
            at = edit.range.upperBound
        }
        out.append(contentsOf: source[at...])
        return out
    }
}
