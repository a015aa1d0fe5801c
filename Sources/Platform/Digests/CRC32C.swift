internal import CKernels

/// CRC-32C (Castagnoli), as in RFC 3720, appendix B.4: finds damage, not forgery.
package enum CRC32C {
    /// The checksum of these bytes.
    package static func checksum(of bytes: Span<UInt8>) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return 0 }
            return unsafe ckernels_crc32c(start, source.count)
        }
    }
}
