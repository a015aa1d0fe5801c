/// Header fields in the order they were sent; names are compared without regard to case (RFC 9110, section 5.1).
package struct HTTPFields: Hashable, Sendable {
    /// Names and values, in order.
    package private(set) var all: [Field] = []

    /// A field: its name as it was spelt, and its value.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package init() {}

    package init(_ fields: KeyValuePairs<String, String>) {
        for (name, value) in fields { append(name, value) }
    }

    package mutating func append(_ name: String, _ value: String) {
        all.append(Field(name: name, value: value))
    }

    /// Removes every field of that name and adds this one.
    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    package mutating func remove(_ name: String) {
        all.removeAll { Self.equal($0.name, name) }
    }

    /// The first value of that name.
    package subscript(_ name: String) -> String? {
        all.first { Self.equal($0.name, name) }?.value
    }

    private static func equal(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8) { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
