internal import Assets
internal import Synchronization

/// A byte-pair encoding of OpenAI that counts tokens exactly as tiktoken does for ordinary text.
///
/// Text is split by the encoding's pattern, then within each piece the adjacent pair that forms the token of the lowest
/// rank is merged until no pair forms one. Special tokens such as `<|endoftext|>` are counted as the text they are.
package final class BytePairEncoding: Sendable {
    private let vocabulary: Vocabulary
    private let splitter: TextSplitter

    private init(asset: Asset, pattern: String) {
        vocabulary = Vocabulary(asset: asset)
        splitter = TextSplitter(pattern: pattern)
    }

    /// The encoding of gpt-4 and gpt-3.5-turbo; built on first use, some 2 MB.
    package static var cl100k: BytePairEncoding {
        loaded.withLock { $0.value(\.cl100k) { BytePairEncoding(asset: .cl100k, pattern: Pattern.cl100k) } }
    }

    /// The encoding of gpt-4o and later models; built on first use, some 4 MB.
    package static var o200k: BytePairEncoding {
        loaded.withLock { $0.value(\.o200k) { BytePairEncoding(asset: .o200k, pattern: Pattern.o200k) } }
    }

    /// Gives the memory back once nobody counts any more; the next use builds the encoding anew.
    package static func release() {
        loaded.withLock { $0 = Loaded() }
    }

    /// The number of tokens, in time that grows as n log n even for the most hostile text.
    package func count(_ text: String) -> Int {
        var text = text
        var merge = PairMerge()
        var total = 0
        text.withUTF8 { bytes in
            unsafe splitter.forEachPiece(of: bytes) { piece in
                total += unsafe vocabulary.rank(of: piece) != nil ? 1 : merge.count(piece, by: vocabulary)
            }
        }
        return total
    }

    private struct Loaded {
        var cl100k: BytePairEncoding?
        var o200k: BytePairEncoding?

        mutating func value(
            _ slot: WritableKeyPath<Loaded, BytePairEncoding?>, make: () -> BytePairEncoding
        ) -> BytePairEncoding {
            if let known = self[keyPath: slot] { return known }
            let made = make()
            self[keyPath: slot] = made
            return made
        }
    }

    private static let loaded = Mutex(Loaded())
}

/// The patterns of tiktoken, with `\s` written out: PCRE2's takes U+180E for a space, tiktoken's does not.
private enum Pattern {
    static let space = #"\t-\r\x{85}\p{Z}"#

    static let cl100k = [
        #"'(?i:[sdmt]|ll|ve|re)"#,
        #"[^\r\n\p{L}\p{N}]?+\p{L}++"#,
        #"\p{N}{1,3}+"#,
        #" ?[^\#(space)\p{L}\p{N}]++[\r\n]*+"#,
        #"[\#(space)]++$"#,
        #"[\#(space)]*[\r\n]"#,
        #"[\#(space)]+(?![^\#(space)])"#,
        #"[\#(space)]"#,
    ].joined(separator: "|")

    static let o200k = [
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#,
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#,
        #"\p{N}{1,3}"#,
        #" ?[^\#(space)\p{L}\p{N}]+[\r\n/]*"#,
        #"[\#(space)]*[\r\n]+"#,
        #"[\#(space)]+(?![^\#(space)])"#,
        #"[\#(space)]+"#,
    ].joined(separator: "|")
}
