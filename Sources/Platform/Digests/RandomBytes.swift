internal import CCrypto
internal import Synchronization

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

    /// Bytes drawn beforehand, since a draw costs far more than its bytes; each is handed out once.
    private static let drawn = Mutex<ArraySlice<UInt8>>([])

    /// Ten of them.
    fileprivate static func ten() -> ArraySlice<UInt8> {
        drawn.withLock { drawn in
            if drawn.isEmpty { drawn = draw(10 * 256)[...] }
            defer { drawn.removeFirst(10) }
            return drawn.prefix(10)
        }
    }
}

/// Identifiers that sort by time, as ULIDs do (github.com/ulid/spec): 48 bits of time, 80 random bits, in base 32.
package enum SortableID {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// A new identifier with a prefix in front: 26 characters follow it.
    ///
    /// `milliseconds` count from 1970.
    package static func text(prefix: String, milliseconds: Int64) -> String {
        text(prefix: prefix, milliseconds: milliseconds, entropy: RandomBytes.ten())
    }

    /// The identifier with these ten bytes as its random bits.
    package static func text(prefix: String, milliseconds: Int64, entropy: ArraySlice<UInt8>) -> String {
        let alphabet = alphabet.span
        let prefix = prefix.utf8.span
        return unsafe String(unsafeUninitializedCapacity: prefix.count + 26) { characters in
            var place = 0
            func append(_ byte: UInt8) {
                unsafe characters[place] = byte
                place += 1
            }
            func append(_ number: Int64, characters count: Int64) {
                for shift in stride(from: 5 * (count - 1), through: 0, by: -5) {
                    append(alphabet[Int(number >> shift & 31)])
                }
            }
            for index in prefix.indices { append(prefix[index]) }
            append(milliseconds, characters: 10)
            // Five bytes are eight characters.
            append(entropy.prefix(5).reduce(0) { $0 << 8 | Int64($1) }, characters: 8)
            append(entropy.dropFirst(5).reduce(0) { $0 << 8 | Int64($1) }, characters: 8)
            return place
        }
    }
}
