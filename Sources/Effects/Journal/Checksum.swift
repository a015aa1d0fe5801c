/// CRC-32C (Castagnoli), as in RFC 3720, appendix B.4.
enum Checksum {
    private static let table: [UInt32] = (0..<256).map { (index: UInt32) in
        (0..<8).reduce(index) { value, _ in value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
    }

    static func crc32c(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        let table = table
        var value = UInt32.max
        for byte in bytes { value = table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8 }
        return ~value
    }

    /// Eight lower-case hexadecimal digits.
    static func digits(_ value: UInt32) -> [UInt8] {
        (0..<8).map { place in
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(28 - 4 * place)) & 15
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }
}
