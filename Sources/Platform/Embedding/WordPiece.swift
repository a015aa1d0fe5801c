package import Assets

/// BERT's uncased WordPiece tokenizer over UTF-8 bytes, equal to Hugging Face's `BertTokenizer`.
///
/// Devlin, Chang, Lee and Toutanova 2018.
package struct WordPiece: Sendable {
    private let vocabulary: WordPieceVocabulary
    private let classes: ScalarClasses
    private let ascii = ScalarClasses.ascii
    /// The token of each ASCII character by itself.
    private let single: [Int32]

    /// Reads a vocabulary, one token a line, and the table of scalars.
    package init(vocabulary: Asset, normalisation: Asset) {
        let vocabulary = vocabulary.withBytes { WordPieceVocabulary(lines: $0) }
        single = (UInt8(0)..<128).map { byte in
            var hash = WordHash()
            hash.add(byte)
            return vocabulary.id(of: hash.value) ?? WordPieceVocabulary.unknown
        }
        self.vocabulary = vocabulary
        classes = normalisation.withBytes { ScalarClasses(table: $0) }
    }

    /// The tokenizer of the shipped embedding.
    package static let shipped = WordPiece(
        vocabulary: .wordpieceVocabulary, normalisation: .wordpieceNormalisation)

    /// Puts the ids of a text, without `[CLS]` and `[SEP]`, in place of others.
    ///
    /// The text must be valid UTF-8, cut into its runs; a character cut off at its end is left out.
    package func encode(_ text: Span<UInt8>, _ runs: TextRuns, into ids: inout [Int32]) {
        ids.removeAll(keepingCapacity: true)
        // No character is more tokens than bytes.
        ids.append(addingCapacity: text.count) { encode(text, runs, into: &$0) }
    }

    /// The ids of a text.
    package func encode(_ text: String) -> [Int32] {
        var runs = TextRuns()
        runs.read(text.utf8.span)
        var ids: [Int32] = []
        encode(text.utf8.span, runs, into: &ids)
        return ids
    }

    private func encode(_ text: Span<UInt8>, _ runs: TextRuns, into ids: inout OutputSpan<Int32>) {
        let lowercased = runs.lowercased.bytes.span
        var pending = PendingWord()
        var pieces = KnownPieces()
        var end = 0
        for run in runs.runs {
            let (start, next) = (run.range.lowerBound, run.range.upperBound)
            // A blank before a word parts it from the last and is nothing by itself.
            if start &- end != 1 || text[end] != Self.blank || !pending.isEmpty {
                end = encode(text, from: end, to: start, &pending, into: &ids)
                if end > start { continue }
            }
            end = next
            guard pending.isEmpty, isEnd(next, of: text), next &- start <= PendingWord.longest else {
                pending.append(lowercased.extracting(start..<next))
                continue
            }
            // Most are a word, and most words a token.
            if let id = vocabulary.id(of: run.hash) {
                ids.append(id)
            } else {
                pieces.add(run.hash, to: &ids) { piece(lowercased.extracting(start..<next), into: &$0) }
            }
        }
        _ = encode(text, from: end, to: text.count, &pending, into: &ids)
        flush(&pending, into: &ids)
    }

    private static let blank = UInt8(ascii: " ")

    /// Whether a word ends before a byte: what belongs to it though it is neither letter nor digit, does so without a gap.
    @inline(__always)
    private func isEnd(_ index: Int, of text: Span<UInt8>) -> Bool {
        index == text.count || text[index] == Self.blank || text[index] < 0x80 && ascii[Int(text[index])] != 0
    }

    /// Takes in what is neither letter nor digit; returns where to go on, which is further on behind a token that is spelled out.
    @inline(__always)
    private func encode(
        _ text: Span<UInt8>, from start: Int, to end: Int, _ pending: inout PendingWord,
        into ids: inout OutputSpan<Int32>
    ) -> Int {
        var index = start
        while index < end {
            let byte = text[index]
            guard byte < 0x80 else {
                index += encodeScalar(of: text, at: index, &pending, into: &ids)
                continue
            }
            switch ascii[Int(byte)] {
            case 0: break
            case 1: flush(&pending, into: &ids)
            default:
                flush(&pending, into: &ids)
                if byte == UInt8(ascii: "["), let special = Self.special(in: text, at: index) {
                    ids.append(special.id)
                    index += special.bytes.count
                    continue
                }
                ids.append(single[Int(byte)])
            }
            index += 1
        }
        return index
    }

    /// Takes in one scalar beyond ASCII; returns its length in bytes.
    private func encodeScalar(
        of text: Span<UInt8>, at index: Int, _ pending: inout PendingWord, into ids: inout OutputSpan<Int32>
    ) -> Int {
        let length = text[index] < 0xE0 ? 2 : text[index] < 0xF0 ? 3 : 4
        guard index + length <= text.count else { return text.count - index }
        var scalar = UInt32(text[index]) & (0x7F >> UInt32(length))
        for next in 1..<length { scalar = scalar << 6 | UInt32(text[index + next] & 0x3F) }
        guard scalar <= 0x10FFFF else { return length }
        switch classes[scalar] {
        case .kept: pending.append(scalar)
        case .dropped: break
        case .space: flush(&pending, into: &ids)
        case .punctuation, .ideograph: isolate(scalar, &pending, into: &ids)
        case .hangul:
            // Canonical decomposition of a syllable: Unicode 15, section 3.12.
            let syllable = scalar - 0xAC00
            pending.append(0x1100 + syllable / 588)
            pending.append(0x1161 + syllable % 588 / 28)
            if syllable % 28 != 0 { pending.append(0x11A7 + syllable % 28) }
        case .replaced(let replacement): replace(by: classes.replacements[replacement], &pending, into: &ids)
        }
        return length
    }

    private func replace(
        by replacement: ScalarClasses.Replacement, _ pending: inout PendingWord, into ids: inout OutputSpan<Int32>
    ) {
        if replacement.isolated { flush(&pending, into: &ids) }
        for scalar in String(decoding: replacement.bytes, as: UTF8.self).unicodeScalars {
            if scalar.isASCII {
                switch ascii[Int(scalar.value)] {
                case 0, 1: flush(&pending, into: &ids)
                case 2: isolate(scalar.value, &pending, into: &ids)
                default: pending.append(scalar.value)
                }
                continue
            }
            switch classes[scalar.value] {
            case .punctuation: isolate(scalar.value, &pending, into: &ids)
            case .space: flush(&pending, into: &ids)
            default: pending.append(scalar.value)
            }
        }
        if replacement.isolated { flush(&pending, into: &ids) }
    }

    private func isolate(_ scalar: UInt32, _ pending: inout PendingWord, into ids: inout OutputSpan<Int32>) {
        flush(&pending, into: &ids)
        pending.append(scalar)
        flush(&pending, into: &ids)
    }

    /// Ends the pending word: looks it up whole, else pieces it together.
    private func flush(_ pending: inout PendingWord, into ids: inout OutputSpan<Int32>) {
        guard !pending.isEmpty else { return }
        if pending.scalars > PendingWord.longest {
            ids.append(WordPieceVocabulary.unknown)
        } else if let id = vocabulary.id(of: pending.hash) {
            ids.append(id)
        } else {
            piece(pending.bytes.span, into: &ids)
        }
        pending.clear()
    }

    /// Pieces a word together by the longest match from the left.
    private func piece(_ word: Span<UInt8>, into ids: inout OutputSpan<Int32>) {
        let before = ids.count
        var start = 0
        while start < word.count {
            guard let longest = longestToken(in: word, from: start) else {
                ids.removeLast(ids.count - before)
                return ids.append(WordPieceVocabulary.unknown)
            }
            ids.append(longest.id)
            start = longest.end
        }
    }

    /// The longest token that a word goes on with.
    private func longestToken(in word: Span<UInt8>, from start: Int) -> (id: Int32, end: Int)? {
        var hash = start == 0 ? WordHash() : WordHash.continuation
        var longest: (id: Int32, end: Int)?
        for index in start..<min(word.count, start + vocabulary.longestToken) {
            hash.add(word[index])
            if let id = vocabulary.id(of: hash.value) { longest = (id, index + 1) }
        }
        return longest
    }

    private static func special(in text: Span<UInt8>, at index: Int) -> (bytes: [UInt8], id: Int32)? {
        WordPieceVocabulary.spelledOut.first { bytes, _ in
            guard index + bytes.count <= text.count else { return false }
            return bytes.indices.allSatisfy { text[index + $0] == bytes[$0] }
        }
    }
}
