internal import CCrypto

/// Bytes that nobody can predict.
package enum RandomBytes {
    /// Draws from OpenSSL's generator, which reseeds itself from the kernel.
    package static func draw(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
            guard unsafe RAND_bytes(bytes.baseAddress, Int32(count)) == 1 else {
                preconditionFailure("the system has no source of randomness")
            }
            initialized = count
        }
    }
}

/// Identifiers that sort by time, as ULIDs do (github.com/ulid/spec): 48 bits of time, 80 random bits, in base 32.
package enum SortableID {
    /// The identifier with a prefix in front: 26 characters follow it.
    ///
    /// `milliseconds` count from 1970; `entropy` gives ten bytes.
    package static func text(
        prefix: String, milliseconds: Int64, entropy: [UInt8] = RandomBytes.draw(10)
    ) -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        var characters = Array(prefix.utf8)
        characters.reserveCapacity(characters.count + 26)
        for shift in stride(from: 45, through: 0, by: -5) {
            characters.append(alphabet[Int((milliseconds >> Int64(shift)) & 31)])
        }
        var buffer: UInt64 = 0
        var bits = 0
        for byte in entropy.prefix(10) {
            buffer = buffer << 8 | UInt64(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                characters.append(alphabet[Int((buffer >> UInt64(bits)) & 31)])
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }
}
