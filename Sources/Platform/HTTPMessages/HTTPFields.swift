/// Header fields in the order they were sent; names are compared without regard to case (RFC 9110, section 5.1).
package struct HTTPFields: Hashable, Sendable {
    /// Names and values, in order.
    package private(set) var all: [Field] = []

    /// A field: its name as it was spelt, and its value.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    /// Most messages have fewer fields than this.
    private static let usualCount = 14

    package init() {}

    package init(_ fields: KeyValuePairs<String, String>) {
        for (name, value) in fields { append(name, value) }
    }

    package mutating func append(_ name: String, _ value: String) {
        if all.isEmpty { all.reserveCapacity(Self.usualCount) }
        all.append(Field(name: name, value: value))
    }

    /// Removes every field of that name and adds this one.
    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    package mutating func remove(_ name: String) {
        all.removeAll { Self.areEqual($0.name, name) }
    }

    /// The first value of that name.
    package subscript(_ name: String) -> String? {
        for place in all.indices where Self.areEqual(all[place].name, name) { return all[place].value }
        return nil
    }

    /// Whether two names are the same.
    package static func areEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (left.utf8.span, right.utf8.span)
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] {
            guard lower(left[index]) == lower(right[index]) else { return false }
        }
        return true
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}

extension [UInt8] {
    /// Appends a text in UTF-8.
    ///
    /// The standard library's `append(contentsOf:)` takes `utf8` element by element.
    package mutating func append(text: String) {
        unsafe text.utf8.span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    /// Appends a line break, a name, a colon with a blank, and a value, without looking at them.
    package mutating func append(fieldLine name: String, _ value: String) {
        let (name, value) = (name.utf8.span, value.utf8.span)
        append(addingCapacity: name.count + value.count + 4) { output in
            output.append(UInt8(ascii: "\r"))
            output.append(UInt8(ascii: "\n"))
            for place in name.indices { output.append(name[place]) }
            output.append(UInt8(ascii: ":"))
            output.append(UInt8(ascii: " "))
            for place in value.indices { output.append(value[place]) }
        }
    }
}
