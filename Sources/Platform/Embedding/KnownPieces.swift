/// The words of a text that are no tokens, and where they were pieced together before: such a word is seldom there once.
struct KnownPieces {
    private var words = InlineArray<16, Word>(repeating: Word())

    private struct Word {
        var hash: UInt64 = 0
        /// Where its pieces lie among the text's ids.
        var pieces: Range<Int> = 0..<0
    }

    /// Adds the pieces of the word with this hash, which are found unless they are known.
    @inline(__always)
    mutating func add(_ hash: UInt64, to ids: inout OutputSpan<Int32>, finding: (inout OutputSpan<Int32>) -> Void) {
        let place = Int(truncatingIfNeeded: hash) & (words.count - 1)
        if words[place].hash == hash {
            for piece in words[place].pieces { ids.append(ids[piece]) }
        } else {
            let start = ids.count
            finding(&ids)
            words[place] = Word(hash: hash, pieces: start..<ids.count)
        }
    }
}
