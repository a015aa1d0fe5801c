package import Assets
import CKernels

/// A linear layer of up to sixteen outputs over dense features and hashed features of tokens.
///
/// outputs = bias + dense · x + bagScale / √n · Σ bag rows, where the n bag rows are those of the tokens and of their
/// pairs (feature hashing: Weinberger et al. 2009).
@safe
package struct LinearHead: Sendable {
    /// How many outputs a row of weights has room for.
    package static let width = 16

    /// `width` weights for each dense feature.
    private let dense: [Float]
    private let bias: SIMD16<Float>
    private let bagScale: Float
    /// `width` weights for each bucket.
    private let bag: Asset
    private let bagStart: Int
    private let bucketMask: UInt32

    /// Reads a head for this many dense features; nil if the asset is something else.
    ///
    /// The layout: magic, dense count, bucket count (a power of two), bag scale, zeros to 64 bytes; 16 bias floats; the dense
    /// floats; the bag's bytes. All little-endian.
    package init?(_ asset: Asset, denseFeatures: Int) {
        let bytes = unsafe asset.unsafeBytes
        guard asset.count > 128, unsafe bytes.load(as: UInt32.self) == 0x3148_4654,
            unsafe bytes.load(fromByteOffset: 4, as: UInt32.self) == UInt32(denseFeatures)
        else { return nil }
        let buckets = Int(unsafe bytes.load(fromByteOffset: 8, as: UInt32.self))
        bagStart = 64 + (denseFeatures + 1) * Self.width * 4
        guard buckets.nonzeroBitCount == 1, asset.count == bagStart + buckets * Self.width else { return nil }
        bagScale = unsafe bytes.load(fromByteOffset: 12, as: Float.self)
        bucketMask = UInt32(buckets - 1)
        func floats(_ start: Int, _ count: Int) -> [Float] {
            (0..<count).map { unsafe bytes.load(fromByteOffset: start + $0 * 4, as: Float.self) }
        }
        bias = SIMD16(floats(64, Self.width))
        dense = floats(64 + Self.width * 4, denseFeatures * Self.width)
        bag = asset
    }

    /// The bag rows of a text: each token, and each pair of neighbours, hashed into the buckets.
    package static func bagRows(of tokens: [Int32], bucketMask: UInt32) -> [Int32] {
        unsafe [Int32](unsafeUninitializedCapacity: tokens.count * 2) { rows, count in
            count = tokens.count * 2
            guard let first = rows.baseAddress else { return }
            unsafe ckernels_bag_rows(tokens, tokens.count, bucketMask, first)
        }
    }

    /// The sixteen outputs for dense features, given in two parts, and the tokens.
    package func outputs(dense first: [Float], _ second: [Float], tokens: [Int32]) -> SIMD16<Float> {
        let features = first.count + second.count
        precondition(features * Self.width == dense.count, "the head was made for other features")
        var sums = SIMD16<Float>()
        var counts = SIMD16<Int32>()
        unsafe dense.withUnsafeBufferPointer { weights in
            guard let start = weights.baseAddress else { return }
            unsafe withUnsafeMutableBytes(of: &sums) { sums in
                guard let sums = unsafe sums.baseAddress?.assumingMemoryBound(to: Float.self) else { return }
                unsafe ckernels_dense16(start, first, first.count, sums)
                unsafe ckernels_dense16(start + first.count * Self.width, second, second.count, sums)
            }
        }
        if !tokens.isEmpty, let start = unsafe bag.unsafeBytes.baseAddress {
            let table = unsafe (start + bagStart).assumingMemoryBound(to: Int8.self)
            unsafe withUnsafeMutableBytes(of: &counts) { counts in
                guard let counts = unsafe counts.baseAddress?.assumingMemoryBound(to: Int32.self) else { return }
                unsafe ckernels_bag16(table, bucketMask, tokens, tokens.count, counts)
            }
        }
        let scale = tokens.isEmpty ? 0 : bagScale / Float(2 * tokens.count).squareRoot()
        return bias + sums + scale * SIMD16<Float>(counts)
    }
}
