import CKernels

extension OutputSpan<UInt8> {
    /// Appends a vector as whole steps of one scale, each rounded to the nearest, ties to even.
    ///
    /// The scale, a 127th of the largest magnitude or 0 for zeros, comes first as a little-endian float32, then a signed byte for each
    /// number.
    package mutating func append(stepsOf vector: [Float]) {
        precondition(freeCapacity >= 4 + vector.count, "there is no room for the steps")
        unsafe withUnsafeMutableBufferPointer { bytes, count in
            guard let first = bytes.baseAddress else { return }
            let scale = unsafe ckernels_steps(vector, vector.count, first + count + 4)
            unsafe UnsafeMutableRawPointer(first).storeBytes(
                of: scale.bitPattern.littleEndian, toByteOffset: count, as: UInt32.self)
            count += 4 + vector.count
        }
    }
}
