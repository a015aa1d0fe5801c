private import Glibc

extension Span<UInt8> {
    /// The first place of a byte from a place on.
    package func index(of byte: UInt8, from start: Int) -> Int? {
        guard start < count else { return nil }
        return unsafe withUnsafeBufferPointer { text in
            guard let first = text.baseAddress, let found = unsafe memchr(first + start, Int32(byte), count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(first)
        }
    }
}
