/// Writes JSON text, value by value, into one growing array of bytes.
///
/// Commas are its business; balance is the caller's, who gets it from the closure forms ``object(_:)`` and ``array(_:)``.
package struct JSONWriter: Sendable {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Creates a writer with room for `capacity` bytes.
    package init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    /// Writes an object whose members `body` writes.
    package mutating func object<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        try body(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Writes an array whose elements `body` writes.
    package mutating func array<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        try body(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Writes a member's name, in which nothing needs to be escaped; the value must follow.
    package mutating func key(_ name: StaticString) {
        let count = name.utf8CodeUnitCount
        bytes.append(addingCapacity: count + 4) { output in
            if needsComma { output.append(UInt8(ascii: ",")) }
            output.append(UInt8(ascii: "\""))
            unsafe output.append(copying: UnsafeBufferPointer(start: name.utf8Start, count: count))
            output.append(UInt8(ascii: "\""))
            output.append(UInt8(ascii: ":"))
        }
        needsComma = false
    }

    /// Writes a member's name that is known only now; the value must follow.
    package mutating func key(named name: String) {
        separate()
        JSONEscapes.append(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func string(_ text: String) {
        separate()
        JSONEscapes.append(text, to: &bytes)
    }

    package mutating func int(_ number: Int) {
        separate()
        // From the last digit on: dividing by a constant is multiplying.
        var digits: InlineArray<20, UInt8> = InlineArray(repeating: 0)
        var start = digits.count
        var rest = number.magnitude
        repeat {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        bytes.append(addingCapacity: 21 - start) { output in
            if number < 0 { output.append(UInt8(ascii: "-")) }
            for place in start..<digits.count { output.append(digits[place]) }
        }
    }

    /// Writes a number in its shortest form that reads back the same; what is not finite becomes `null`.
    package mutating func double(_ number: Double) {
        guard number.isFinite else { return null() }
        separate()
        let text = String(number)
        bytes.append(contentsOf: (text.hasSuffix(".0") ? String(text.dropLast(2)) : text).utf8)
    }

    package mutating func bool(_ flag: Bool) {
        separate()
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    package mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Writes text that is known to be one JSON value.
    package mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Writes a value of a document as it was sent.
    package mutating func value(_ value: JSONValue) {
        raw(value.raw)
    }
}

extension JSONWriter {
    /// Writes a member with a string value; nothing at all for nil.
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }

    /// Writes a member with an integer value; nothing at all for nil.
    package mutating func member(_ name: StaticString, _ number: Int?) {
        guard let number else { return }
        key(name)
        int(number)
    }

    /// Writes a member with a number; nothing at all for nil.
    package mutating func member(_ name: StaticString, _ number: Double?) {
        guard let number else { return }
        key(name)
        double(number)
    }

    /// Writes a member with a boolean value; nothing at all for nil.
    package mutating func member(_ name: StaticString, _ flag: Bool?) {
        guard let flag else { return }
        key(name)
        bool(flag)
    }

    /// Writes a member whose value is an object.
    package mutating func member<E: Error>(_ name: StaticString, object body: (inout JSONWriter) throws(E) -> Void)
        throws(E)
    {
        key(name)
        try object(body)
    }

    /// Writes a member whose value is an array.
    package mutating func member<E: Error>(_ name: StaticString, array body: (inout JSONWriter) throws(E) -> Void)
        throws(E)
    {
        key(name)
        try array(body)
    }

    /// Writes a member with a value that is JSON text already.
    package mutating func member(_ name: StaticString, raw json: some Sequence<UInt8>) {
        key(name)
        raw(json)
    }
}
