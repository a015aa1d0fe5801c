internal import CSimdjson

/// One value of a document: a cheap reference, read when asked.
package struct JSONValue: Sendable {
    let document: JSONDocument
    let index: Int

    private var node: csj_node { document.nodes[index] }
    private var kind: JSONKind { JSONKind(rawValue: document.nodes[index].kind) ?? .null }

    /// The bytes of the source that this value was read from; for a string they include the quotes.
    package var range: Range<Int> {
        let node = node
        let kind = kind
        let quote = kind == .string || kind == .escapedString ? 1 : 0
        return Int(node.start) - quote..<Int(node.end) + quote
    }

    /// The value's own text, byte for byte as it was sent.
    package var raw: ArraySlice<UInt8> { document.bytes[range] }

    package var isNull: Bool { kind == .null }
    package var isString: Bool { kind == .string || kind == .escapedString }
    package var isNumber: Bool { kind == .number }
    package var isArray: Bool { kind == .array }
    package var isObject: Bool { kind == .object }

    /// The boolean, or nil if this is no boolean.
    package var bool: Bool? {
        kind == .bool ? document.bytes[Int(node.start)] == UInt8(ascii: "t") : nil
    }

    /// The text with its escapes resolved, or nil if this is no string.
    package var string: String? {
        let node = node
        let text = Int(node.start)..<Int(node.end)
        switch kind {
        case .string: return document.text(in: text)
        case .escapedString: return String(decoding: JSONEscapes.resolve(document.bytes[text]), as: UTF8.self)
        default: return nil
        }
    }

    /// The integer, or nil if this is no number or has a fraction, an exponent or more than 64 bits.
    package var int: Int? {
        guard kind == .number else { return nil }
        let bytes = document.bytes
        let text = bytes.span.extracting(range)
        let isNegative = text[0] == UInt8(ascii: "-")
        var number = 0
        for place in (isNegative ? 1 : 0)..<text.count {
            let digit = Int(text[place]) - 0x30
            guard 0...9 ~= digit else { return nil }
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = product.addingReportingOverflow(isNegative ? -digit : digit)
            if isTooLarge || overflows { return nil }
            number = sum
        }
        return number
    }

    /// The number, or nil if this is none.
    package var double: Double? {
        guard kind == .number else { return nil }
        return Double(document.text(in: range))
    }

    /// The number's own spelling, or nil if this is no number.
    package var numberText: String? {
        guard kind == .number else { return nil }
        return document.text(in: range)
    }

    /// Whether this is a string equal to `text`; no copy is made where the source has no escapes.
    package func equals(_ text: StaticString) -> Bool {
        kind == .string ? document.isText(of: node, text) : string == "\(text)"
    }

    /// The value of the last member named `name`, or nil if there is none or this is no object.
    ///
    /// The last of equal names counts, as in most parsers, so that nothing can be smuggled past the gateway.
    package subscript(_ name: StaticString) -> JSONValue? {
        let place = document.lastMember(named: name, of: index)
        return place == 0 ? nil : value(at: place)
    }

    /// Apart, so that a look-up that finds nothing counts no references.
    @inline(never)
    private func value(at place: Int) -> JSONValue { JSONValue(document: document, index: place) }

    /// The value of the last member named `name`, or nil.
    package subscript(member name: String) -> JSONValue? {
        members?.reduce(nil) { found, member in member.name == name ? member.value : found }
    }

    /// The elements, or nil if this is no array.
    package var elements: JSONElements? {
        kind == .array ? JSONElements(document: document, at: index + 1, end: Int(node.after)) : nil
    }

    /// The members in the order of the source, or nil if this is no object.
    package var members: JSONMembers? {
        kind == .object ? JSONMembers(document: document, at: index + 1, end: Int(node.after)) : nil
    }

}

/// The elements of an array, one after the other.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var at: Int
    let end: Int

    /// How many are left.
    package var count: Int { reduce(0) { count, _ in count + 1 } }

    package mutating func next() -> JSONValue? {
        guard at < end else { return nil }
        defer { at = Int(document.nodes[at].after) }
        return JSONValue(document: document, index: at)
    }
}

/// The members of an object, one after the other.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    /// A member's name, and its value.
    package struct Member: Sendable {
        let key: JSONValue
        package var value: JSONValue { JSONValue(document: key.document, index: key.index + 1) }

        /// The name with its escapes resolved.
        package var name: String { key.string ?? "" }

        /// The bytes of the source from the name's opening quote to the value's end.
        package var range: Range<Int> { key.range.lowerBound..<value.range.upperBound }

        /// Whether the name is one of these.
        package func isNamed(oneOf names: [StaticString]) -> Bool {
            for name in names where key.equals(name) { return true }
            return false
        }

        /// Whether this is the name.
        func isNamed(_ name: StaticString) -> Bool { key.equals(name) }
    }

    let document: JSONDocument
    var at: Int
    let end: Int

    package mutating func next() -> Member? {
        guard at < end else { return nil }
        defer { at = Int(document.nodes[at + 1].after) }
        return Member(key: JSONValue(document: document, index: at))
    }
}
