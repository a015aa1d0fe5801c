/// Writes JSON text, value by value, into one growing buffer.
///
/// Commas are its business; balance is the caller's, who gets it from the closure forms ``object(_:)`` and ``array(_:)``.
package struct JSONWriter: ~Copyable {
    var text: GrowingBytes
    private var needsComma = false

    /// Creates a writer with room for `capacity` bytes.
    package init(capacity: Int = 256) {
        text = GrowingBytes(capacity: capacity)
    }

    /// How many bytes were written so far.
    package var count: Int { text.count }

    /// What was written so far.
    package var bytes: [UInt8] {
        withSpan { span in unsafe span.withUnsafeBufferPointer { unsafe [UInt8]($0) } }
    }

    /// Lends what was written so far.
    package func withSpan<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
        try text.withSpan(body)
    }

    /// Begins anew in the same room; what is more than `most` bytes of it is given back.
    package mutating func removeAll(keepingRoomFor most: Int) {
        text.removeAll(keepingRoomFor: most)
        needsComma = false
    }

    /// Ends one text of several, each on a line of its own.
    package mutating func endLine() {
        text.reserve(1)
        text.put(UInt8(ascii: "\n"))
        needsComma = false
    }

    /// Puts bytes in the place of as many that were written.
    package mutating func replace(at place: Int, with bytes: Span<UInt8>) {
        text.replace(at: place, with: bytes)
    }

    /// Begins a value of at most so many bytes with the comma that is due.
    @inline(__always)
    mutating func begin(atMost most: Int) {
        text.reserve(most + 1)
        if needsComma { text.put(UInt8(ascii: ",")) }
        needsComma = true
    }

    /// Begins a member, in whose name nothing needs to be escaped, with room for a value of at most so many bytes, which must follow.
    @inline(__always)
    mutating func begin(_ name: StaticString, valueAtMost most: Int) {
        begin(atMost: name.utf8CodeUnitCount + 3 + most)
        text.put(UInt8(ascii: "\""))
        unsafe text.put(name.utf8Start, count: name.utf8CodeUnitCount)
        text.put(UInt8(ascii: "\""))
        text.put(UInt8(ascii: ":"))
    }

    /// Writes an object whose members `body` writes.
    package mutating func object<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
        enter(UInt8(ascii: "{"))
        try body(&self)
        leave(UInt8(ascii: "}"))
    }

    /// Writes an array whose elements `body` writes.
    package mutating func array<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
        enter(UInt8(ascii: "["))
        try body(&self)
        leave(UInt8(ascii: "]"))
    }

    private mutating func enter(_ bracket: UInt8) {
        begin(atMost: 1)
        text.put(bracket)
        needsComma = false
    }

    private mutating func leave(_ bracket: UInt8) {
        text.reserve(1)
        text.put(bracket)
        needsComma = true
    }

    /// Writes a member's name, in which nothing needs to be escaped; the value must follow.
    package mutating func key(_ name: StaticString) {
        begin(name, valueAtMost: 0)
        needsComma = false
    }

    /// Writes a member's name that is known only now; the value must follow.
    package mutating func key(named name: String) {
        string(name)
        text.reserve(1)
        text.put(UInt8(ascii: ":"))
        needsComma = false
    }
}
