/// Header fields in the order they were sent; names are compared without regard to case (RFC 9110, section 5.1).
///
/// They are kept as they stand in a head, one line behind the other: a parser appends to them, and a head copies them.
package struct HTTPFields: Hashable, Sendable {
    /// The lines: for each field a line break, its name as it was spelt, a colon and a blank, and its value.
    package private(set) var text: [UInt8] = []
    /// Where in the text the fields are, in order.
    package private(set) var places: [Place] = []
    /// Where the name of the field ends that is being read; 0 before that.
    private var nameEnd = 0

    /// Where one field is in the text.
    package struct Place: Hashable, Sendable {
        fileprivate let start: Int
        fileprivate let nameEnd: Int
        fileprivate let end: Int

        /// With the line break before it.
        package var line: Range<Int> { start..<end }
        package var name: Range<Int> { start + 2..<nameEnd }
        package var value: Range<Int> { nameEnd + 2..<end }
    }

    /// Most messages have no more fields and no longer ones than this.
    private static let usual = (count: 14, bytes: 640)

    package init() {}

    package init(_ fields: KeyValuePairs<String, String>) {
        for (name, value) in fields { append(name, value) }
    }

    package mutating func append(_ name: String, _ value: String) {
        beginField(of: name.utf8.span)
        endName(before: value.utf8.span)
        endField()
    }

    /// Appends a field of which the closure writes the value, in UTF-8.
    package mutating func append(_ name: String, writing value: (inout [UInt8]) -> Void) {
        beginField(of: name.utf8.span)
        endName(before: "".utf8.span)
        value(&text)
        endField()
    }

    /// Removes every field of that name and adds this one.
    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    package mutating func remove(_ name: String) {
        guard place(of: name) != nil else { return }
        let before = self
        self = HTTPFields()
        for place in before.places {
            let kept = before.name(at: place)
            if !kept.utf8.span.isSameName(as: name.utf8.span) { append(kept, before.value(at: place)) }
        }
    }

    /// The first value of that name.
    package subscript(_ name: String) -> String? { place(of: name).map(value) }

    /// A field's name as it was spelt; what is no UTF-8 is replaced.
    package func name(at place: Place) -> String { String(decoding: text[place.name], as: UTF8.self) }

    /// A field's value; what is no UTF-8 is replaced.
    package func value(at place: Place) -> String { String(decoding: text[place.value], as: UTF8.self) }

    private func place(of name: String) -> Place? {
        let (text, name) = (text.span, name.utf8.span)
        for place in places where text.extracting(place.name).isSameName(as: name) { return place }
        return nil
    }
}

extension HTTPFields {
    // MARK: Read piece by piece

    /// Takes the next bytes of a field's name.
    package mutating func extendName(by bytes: UnsafeRawBufferPointer) {
        let bytes = unsafe bytes.assumingMemoryBound(to: UInt8.self).span
        if text.count == end { beginField(of: bytes) } else { text.append(copying: bytes) }
    }

    /// Takes the next bytes of the value of the field whose name was read.
    package mutating func extendValue(by bytes: UnsafeRawBufferPointer) {
        let bytes = unsafe bytes.assumingMemoryBound(to: UInt8.self).span
        if nameEnd == 0 { endName(before: bytes) } else { text.append(copying: bytes) }
    }

    /// The field that was read is whole; `trimming` takes the blanks off its end.
    package mutating func endField(trimming: Bool = false) {
        if nameEnd == 0 { endName(before: "".utf8.span) }
        while trimming, text.count > nameEnd + 2, text.last == UInt8(ascii: " ") || text.last == UInt8(ascii: "\t") {
            text.removeLast()
        }
        places.append(Place(start: end, nameEnd: nameEnd, end: text.count))
        nameEnd = 0
    }

    private var end: Int { places.last?.end ?? 0 }

    private mutating func beginField(of name: Span<UInt8>) {
        if places.isEmpty {
            places.reserveCapacity(Self.usual.count)
            text.reserveCapacity(Self.usual.bytes)
        }
        text.append(UInt8(ascii: "\r"), UInt8(ascii: "\n"), before: name)
    }

    private mutating func endName(before value: Span<UInt8>) {
        nameEnd = text.count
        text.append(UInt8(ascii: ":"), UInt8(ascii: " "), before: value)
    }
}

extension Span<UInt8> {
    /// Whether this and the other are the same name.
    package func isSameName(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] {
            guard lower(self[index]) == lower(other[index]) else { return false }
        }
        return true
    }

    private func lower(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}

extension [UInt8] {
    /// Appends a text in UTF-8.
    ///
    /// The standard library's `append(contentsOf:)` takes `utf8` element by element.
    package mutating func append(text: String) { append(copying: text.utf8.span) }

    /// Appends bytes as a block.
    package mutating func append(copying bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    fileprivate mutating func append(_ first: UInt8, _ second: UInt8, before bytes: Span<UInt8>) {
        append(addingCapacity: bytes.count + 2) { output in
            output.append(first)
            output.append(second)
            unsafe output.withUnsafeMutableBufferPointer { buffer, count in
                unsafe bytes.withUnsafeBufferPointer { bytes in
                    _ = unsafe buffer[count...].update(fromContentsOf: bytes)
                    count += bytes.count
                }
            }
        }
    }
}
