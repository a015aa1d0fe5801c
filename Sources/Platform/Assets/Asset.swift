import CAssets

/// A file of `Assets/` that is linked into the binary.
///
/// The bytes are mapped from the executable, 64-byte aligned, followed by a zero byte, and live as long as the program;
/// a page of them takes memory only once it is read.
@safe
package struct Asset: @unchecked Sendable {
    // Unchecked: the bytes are read-only and never go away.
    /// All bytes of the file.
    ///
    /// The pointer stays valid for the life of the program.
    @unsafe package let unsafeBytes: UnsafeRawBufferPointer

    private init(_ bytes: cassets_bytes) {
        unsafe unsafeBytes = unsafe UnsafeRawBufferPointer(start: bytes.start, count: bytes.count)
    }

    /// The size in bytes.
    package var count: Int { unsafe unsafeBytes.count }

    /// Lends the bytes to `body`.
    package func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(unsafeBytes.bytes)
    }

    /// Lends the bytes to `body`, one by one.
    package func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(unsafeBytes.bindMemory(to: UInt8.self).span)
    }

    /// The BERT uncased vocabulary: one token a line, its id being the line's number from 0.
    package static let wordpieceVocabulary = unsafe Asset(cassets_get_wordpiece_vocabulary())
    /// What BERT's normaliser does to each Unicode scalar.
    package static let wordpieceNormalisation = unsafe Asset(cassets_get_wordpiece_normalisation())
    /// The token vectors of the static embedding.
    package static let tokenEmbedding = unsafe Asset(cassets_get_token_embedding())
    /// The weights of the task classes.
    package static let taskHeads = unsafe Asset(cassets_get_task_heads())
    /// The tokens of the cl100k encoding in the order of rank.
    package static let cl100k = unsafe Asset(cassets_get_cl100k())
    /// The tokens of the o200k encoding in the order of rank.
    package static let o200k = unsafe Asset(cassets_get_o200k())
    /// Public list prices, limits and capabilities, one model a line.
    package static let catalog = unsafe Asset(cassets_get_catalog())
    /// The curated models and their grades, one a line.
    package static let grades = unsafe Asset(cassets_get_grades())
    /// What public outcomes tell of models: see `SuccessPriors`.
    package static let priors = unsafe Asset(cassets_get_priors())
}
