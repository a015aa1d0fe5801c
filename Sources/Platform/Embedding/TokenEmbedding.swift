package import Assets
import CKernels

/// A static embedding: a text is the direction of the weighted sum of its tokens' vectors.
///
/// Rows are eight-bit integers; a row is read from the binary only when its token occurs.
@safe
package struct TokenEmbedding: @unchecked Sendable {
    // Unchecked: the pointers lead into an asset, which is read-only and never goes away.
    /// What the vectors are to serve.
    package enum Weighting: Sendable {
        /// Classes, prediction and clusters: weights by Zipf's law over the vocabulary's order.
        case classification
        /// Similarity and nearest neighbours: weights by token frequency in prompts.
        case similarity
    }

    /// The length of a vector.
    package static let dimensions = 256

    private let tokens: Int
    private let classification: UnsafePointer<Float>
    private let similarity: UnsafePointer<Float>
    private let rows: UnsafePointer<Int8>

    /// Reads the layout that `Scripts/distil-embedding` writes; nil if the asset is something else.
    package init?(_ asset: Asset) {
        let bytes = unsafe asset.unsafeBytes
        guard asset.count > 64, let start = bytes.baseAddress,
            unsafe bytes.load(as: UInt32.self) == 0x3145_4654,
            unsafe bytes.load(fromByteOffset: 8, as: UInt32.self) == UInt32(Self.dimensions)
        else { return nil }
        tokens = Int(unsafe bytes.load(fromByteOffset: 4, as: UInt32.self))
        let scales = (tokens * 4 + 63) / 64 * 64
        guard asset.count == 64 + 2 * scales + tokens * Self.dimensions else { return nil }
        unsafe classification = unsafe (start + 64).assumingMemoryBound(to: Float.self)
        unsafe similarity = unsafe (start + 64 + scales).assumingMemoryBound(to: Float.self)
        unsafe rows = unsafe (start + 64 + 2 * scales).assumingMemoryBound(to: Int8.self)
    }

    /// The embedding distilled from MiniLM-L6; its tokens are those of ``WordPiece/shipped``.
    package static let shipped = TokenEmbedding(.tokenEmbedding)

    /// The unit vector of the tokens, or zeros if there is nothing to add.
    ///
    /// Ids must be of the vocabulary.
    package func vector(of ids: [Int32], for weighting: Weighting) -> [Float] {
        let scales = unsafe weighting == .classification ? classification : similarity
        var vector: [Float] = []
        vector.append(addingCapacity: Self.dimensions) { vector in
            unsafe vector.withUnsafeMutableBufferPointer { vector, count in
                guard let out = vector.baseAddress else { return }
                unsafe ckernels_embed256(rows, scales, ids, ids.count, out)
                count = Self.dimensions
            }
        }
        return vector
    }
}
