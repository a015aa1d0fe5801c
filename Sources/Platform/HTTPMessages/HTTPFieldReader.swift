/// Reads the fields of a head as a parser tells of them, in pieces: one that was received whole is copied once, as a line.
///
/// A piece is looked at where it was received until ``keepPieces()``.
@safe
package struct HTTPFieldReader {
    /// The fields that are whole.
    package private(set) var fields = HTTPFields()
    private var name = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var value = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// What came before those pieces of the same field.
    private var kept: (name: [UInt8], value: [UInt8]) = ([], [])

    package init() {}

    /// Takes the next bytes of a field's name.
    package mutating func extendName(by bytes: UnsafeRawBufferPointer) {
        if unsafe !name.isEmpty { keepPieces() }
        unsafe name = bytes.assumingMemoryBound(to: UInt8.self)
    }

    /// Takes the next bytes of the value of the field whose name was read.
    package mutating func extendValue(by bytes: UnsafeRawBufferPointer) {
        if unsafe !value.isEmpty { keepPieces() }
        unsafe value = bytes.assumingMemoryBound(to: UInt8.self)
    }

    /// The field that was read is whole; `trimming` takes the blanks off its end.
    package mutating func endField(trimming: Bool = false) {
        if kept.name.isEmpty, kept.value.isEmpty {
            unsafe fields.append(name.span, (trimming ? trimmed(value) : value).span)
            forgetPieces()
        } else {
            keepPieces()
            let (name, value) = kept
            kept = ([], [])
            unsafe value.withUnsafeBufferPointer { value in
                unsafe fields.append(name.span, (trimming ? trimmed(value) : value).span)
            }
        }
    }

    /// Copies what was read of a field that is not whole; to be called before what was received is overwritten.
    package mutating func keepPieces() {
        unsafe kept.name.append(contentsOf: name)
        unsafe kept.value.append(contentsOf: value)
        forgetPieces()
    }

    /// Takes the fields that are whole, and makes ready for another head.
    package mutating func take() -> HTTPFields {
        let taken = fields
        fields = HTTPFields()
        return taken
    }

    /// Reads the next head into the room of fields that are done with.
    package mutating func reuse(_ fields: consuming HTTPFields) {
        fields.removeAll()
        self.fields = fields
    }

    private mutating func forgetPieces() {
        unsafe name = UnsafeBufferPointer(start: nil, count: 0)
        unsafe value = UnsafeBufferPointer(start: nil, count: 0)
    }
}

/// A value without the blanks at its end.
private func trimmed(_ value: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var count = value.count
    while count > 0, unsafe value[count - 1] == UInt8(ascii: " ") || value[count - 1] == UInt8(ascii: "\t") {
        count -= 1
    }
    return unsafe UnsafeBufferPointer(rebasing: value[..<count])
}
