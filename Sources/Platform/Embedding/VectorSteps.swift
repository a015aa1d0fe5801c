import CKernels

/// A vector in signed bytes: whole steps of one scale.
package struct VectorSteps {
    /// The length of a step: a 127th of the largest magnitude; 0 for zeros.
    package let scale: Float
    /// As unsigned bytes of the same bits.
    package let steps: [UInt8]

    /// Rounds each number to the nearest step, ties to even.
    package init(of vector: [Float]) {
        var scale: Float = 0
        var steps: [UInt8] = []
        steps.append(addingCapacity: vector.count) { steps in
            unsafe steps.withUnsafeMutableBufferPointer { steps, count in
                count = vector.count
                guard let first = steps.baseAddress else { return }
                unsafe scale = ckernels_steps(vector, vector.count, first)
            }
        }
        (self.scale, self.steps) = (scale, steps)
    }
}
