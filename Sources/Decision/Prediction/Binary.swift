/// Writes numbers and texts as little-endian bytes, lists after their lengths.
package struct BinaryWriter {
    package var bytes: [UInt8] = []

    package init() {}

    package mutating func write(_ number: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
    }

    package mutating func write(_ number: Double) {
        write(UInt32(truncatingIfNeeded: number.bitPattern))
        write(UInt32(truncatingIfNeeded: number.bitPattern >> 32))
    }

    package mutating func write(_ numbers: [Float]) {
        write(UInt32(numbers.count))
        for number in numbers { write(number.bitPattern) }
    }

    package mutating func write(_ text: String) {
        write(UInt32(text.utf8.count))
        bytes += text.utf8
    }
}

/// Reads what ``BinaryWriter`` wrote; whatever is missing is damage.
package struct BinaryReader {
    package private(set) var bytes: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    package mutating func take(_ count: Int) throws(PredictorFileError) -> ArraySlice<UInt8> {
        guard bytes.count >= count else { throw .damaged }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    package mutating func integer() throws(PredictorFileError) -> UInt32 {
        try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    package mutating func double() throws(PredictorFileError) -> Double {
        let low = UInt64(try integer())
        return Double(bitPattern: UInt64(try integer()) << 32 | low)
    }

    package mutating func floats() throws(PredictorFileError) -> [Float] {
        var part = BinaryReader(try take(Int(try integer()) * 4))
        var numbers: [Float] = []
        numbers.reserveCapacity(part.bytes.count / 4)
        while !part.bytes.isEmpty { numbers.append(Float(bitPattern: try part.integer())) }
        return numbers
    }

    package mutating func text() throws(PredictorFileError) -> String {
        String(decoding: try take(Int(try integer())), as: UTF8.self)
    }
}
