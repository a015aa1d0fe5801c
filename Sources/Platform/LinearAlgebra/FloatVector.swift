private import CKernels

/// Arithmetic on vectors in single precision, with the same bits on every processor.
package enum FloatVector {
    /// The squared Euclidean distance of two vectors of equal length.
    package static func squaredDistance(_ left: [Float], _ right: [Float]) -> Float {
        precondition(left.count == right.count, "the vectors have different lengths")
        return unsafe ckernels_squared_distance(left, right, left.count)
    }

    /// Adds a vector to a sum of equal length.
    package static func add(_ vector: [Float], to sum: inout [Float]) {
        precondition(vector.count == sum.count, "the vectors have different lengths")
        unsafe ckernels_add(vector, &sum, vector.count)
    }
}
