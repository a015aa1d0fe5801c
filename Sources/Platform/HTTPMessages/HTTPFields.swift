/// Header fields in the order they were sent; names are compared without regard to case (RFC 9110, section 5.1).
///
/// They are kept as they stand in a head, one line behind the other: a parser appends to them, and a head copies them.
package struct HTTPFields: Hashable, Sendable {
    /// The lines: for each field a line break, its name as it was spelt, a colon and a blank, and its value.
    package private(set) var text: [UInt8] = []
    /// Where in the text the fields are, in order.
    package private(set) var places: [Place] = []

    /// Where one field is in the text.
    package struct Place: Hashable, Sendable {
        fileprivate let start: Int
        fileprivate let nameEnd: Int
        fileprivate var end: Int

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
        append(name.utf8.span, value.utf8.span)
    }

    /// Appends a field of which the closure writes the value, in UTF-8.
    package mutating func append(_ name: String, writing value: (inout [UInt8]) -> Void) {
        append(name.utf8.span, "".utf8.span)
        value(&text)
        places[places.count - 1].end = text.count
    }

    /// Appends a field as a block.
    package mutating func append(_ name: Span<UInt8>, _ value: Span<UInt8>) {
        if places.isEmpty {
            places.reserveCapacity(Self.usual.count)
            text.reserveCapacity(Self.usual.bytes)
        }
        let start = text.count
        let nameEnd = start + 2 + name.count
        text.append(addingCapacity: name.count + value.count + 4) { output in
            unsafe output.withUnsafeMutableBufferPointer { line, count in
                guard let line = line.baseAddress else { return }
                unsafe line.put(UInt8(ascii: "\r"), UInt8(ascii: "\n"), name)
                unsafe (line + 2 + name.count).put(UInt8(ascii: ":"), UInt8(ascii: " "), value)
                count = name.count + value.count + 4
            }
        }
        places.append(Place(start: start, nameEnd: nameEnd, end: text.count))
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

    /// Removes every field; the room is kept for others.
    package mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
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

    /// Appends a number of at least 0 in decimal digits.
    package mutating func append(decimal number: Int) {
        var (first, rest) = (count, number)
        repeat {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        var last = count - 1
        while first < last {
            swapAt(first, last)
            (first, last) = (first + 1, last - 1)
        }
    }

    /// Appends bytes as a block.
    package mutating func append(copying bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension UnsafeMutablePointer<UInt8> {
    /// Puts two bytes here and a text behind them.
    fileprivate func put(_ first: UInt8, _ second: UInt8, _ text: Span<UInt8>) {
        unsafe self[0] = first
        unsafe self[1] = second
        unsafe text.withUnsafeBufferPointer { text in
            if let start = text.baseAddress { unsafe (self + 2).update(from: start, count: text.count) }
        }
    }
}
