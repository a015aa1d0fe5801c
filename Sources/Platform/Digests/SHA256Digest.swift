internal import CCrypto

/// A SHA-256 digest (FIPS 180-4).
package struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes.
    package let bytes: [UInt8]

    /// Hashes bytes.
    package init(of message: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: 32) { bytes in
            unsafe bytes.withUnsafeMutableBufferPointer { digest, count in
                unsafe message.withUnsafeBufferPointer { source in
                    guard let digest = digest.baseAddress else { return }
                    unsafe ccrypto_sha256(source.baseAddress, source.count, digest)
                }
                count = 32
            }
        }
        self.bytes = bytes
    }

    /// Hashes a text's UTF-8 bytes.
    package init(of text: String) { self.init(of: Array(text.utf8)) }

    /// Reads 64 hexadecimal digits; nil for anything else.
    package init?(hexadecimal text: String) {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard text.utf8.count == 64, digits.count == 64 else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// Compares in a time that does not depend on where the digests differ.
    package func isEqualInConstantTime(to other: SHA256Digest) -> Bool {
        unsafe bytes.withUnsafeBytes { left in
            unsafe other.bytes.withUnsafeBytes { right in
                unsafe CRYPTO_memcmp(left.baseAddress, right.baseAddress, 32) == 0
            }
        }
    }

    /// 64 lower-case hexadecimal digits.
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
