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
            var hash = WordHash.word
            hash.add(byte)
            return vocabulary.id(of: hash) ?? WordPieceVocabulary.unknown
        }
        self.vocabulary = vocabulary
        classes = normalisation.withBytes { ScalarClasses(table: $0) }
    }

    /// The tokenizer of the shipped embedding.
    package static let shipped = WordPiece(
        vocabulary: .wordpieceVocabulary, normalisation: .wordpieceNormalisation)

    /// How many token ids there are.
    package var tokenCount: Int { vocabulary.count }

    /// Replaces the ids in `buffer` by those of the text, without `[CLS]` and `[SEP]`.
    ///
    /// The text must be valid UTF-8; a character cut off at its end is left out.
    package func encode(_ text: Span<UInt8>, into buffer: inout TokenBuffer) {
        buffer.clear()
        var index = 0
        while index < text.count {
            let byte = text[index]
            guard byte < 0x80 else {
                index += encodeScalar(of: text, at: index, into: &buffer)
                continue
            }
            let lowered = ascii[Int(byte)]
            if lowered > 2, buffer.scalars == 0, let (id, end) = knownWord(in: text, at: index) {
                buffer.ids.append(id)
                // A blank behind it parts it from the next and is nothing by itself.
                index = end < text.count && text[end] == UInt8(ascii: " ") ? end + 1 : end
                continue
            }
            switch lowered {
            case 0: break
            case 1: flush(&buffer)
            case 2:
                flush(&buffer)
                if byte == UInt8(ascii: "["), let special = Self.special(in: text, at: index) {
                    buffer.ids.append(special.id)
                    index += special.bytes.count
                    continue
                }
                buffer.ids.append(single[Int(byte)])
            default:
                buffer.scalars += 1
                buffer.push(lowered)
            }
            index += 1
        }
        flush(&buffer)
    }

    /// The ids of a text.
    package func encode(_ text: String) -> [Int32] {
        var buffer = TokenBuffer()
        encode(text.utf8.span, into: &buffer)
        return buffer.ids
    }

    /// The id and the end of a word of ASCII letters and digits that is a token by itself, as most words are.
    @inline(__always)
    private func knownWord(in text: Span<UInt8>, at start: Int) -> (id: Int32, end: Int)? {
        var hash = WordHash.word
        var end = start
        while true {
            let next = text.eightBytes(at: end)
            let run = EightBytes.run(of: next.letters | next.digits)
            hash.add(next.lowercased(run), count: run.length)
            end += run.length
            if run.length < 8 { break }
        }
        // What belongs to the word though it is neither, is not for here.
        guard end - start <= TokenBuffer.longestWord,
            end == text.count || (text[end] < 0x80 && ascii[Int(text[end])] != 0)
        else { return nil }
        return vocabulary.id(of: hash).map { ($0, end) }
    }

    /// Takes in one scalar beyond ASCII; returns its length in bytes.
    private func encodeScalar(of text: Span<UInt8>, at index: Int, into buffer: inout TokenBuffer) -> Int {
        let length = text[index] < 0xE0 ? 2 : text[index] < 0xF0 ? 3 : 4
        guard index + length <= text.count else { return text.count - index }
        var scalar = UInt32(text[index]) & (0x7F >> UInt32(length))
        for next in 1..<length { scalar = scalar << 6 | UInt32(text[index + next] & 0x3F) }
        guard scalar <= 0x10FFFF else { return length }
        switch classes[scalar] {
        case .kept: push(scalar, &buffer)
        case .dropped: break
        case .space: flush(&buffer)
        case .punctuation, .ideograph: isolate(scalar, &buffer)
        case .hangul:
            // Canonical decomposition of a syllable: Unicode 15, section 3.12.
            let syllable = scalar - 0xAC00
            push(0x1100 + syllable / 588, &buffer)
            push(0x1161 + syllable % 588 / 28, &buffer)
            if syllable % 28 != 0 { push(0x11A7 + syllable % 28, &buffer) }
        case .replaced(let replacement): replace(by: classes.replacements[replacement], &buffer)
        }
        return length
    }

    private func replace(by replacement: ScalarClasses.Replacement, _ buffer: inout TokenBuffer) {
        if replacement.isolated { flush(&buffer) }
        for scalar in String(decoding: replacement.bytes, as: UTF8.self).unicodeScalars {
            if scalar.isASCII {
                switch ascii[Int(scalar.value)] {
                case 0, 1: flush(&buffer)
                case 2: isolate(scalar.value, &buffer)
                default: push(scalar.value, &buffer)
                }
                continue
            }
            switch classes[scalar.value] {
            case .punctuation: isolate(scalar.value, &buffer)
            case .space: flush(&buffer)
            default: push(scalar.value, &buffer)
            }
        }
        if replacement.isolated { flush(&buffer) }
    }

    private func push(_ scalar: UInt32, _ buffer: inout TokenBuffer) {
        buffer.scalars += 1
        guard let scalar = Unicode.Scalar(scalar) else { return }
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { buffer.push(byte) }
    }

    private func isolate(_ scalar: UInt32, _ buffer: inout TokenBuffer) {
        flush(&buffer)
        push(scalar, &buffer)
        flush(&buffer)
    }

    /// Ends the pending word: looks it up whole, else pieces it together by the longest match from the left.
    private func flush(_ buffer: inout TokenBuffer) {
        guard buffer.scalars > 0 else { return }
        if buffer.scalars > TokenBuffer.longestWord {
            buffer.ids.append(WordPieceVocabulary.unknown)
        } else if let id = vocabulary.id(of: buffer.hash) {
            buffer.ids.append(id)
        } else {
            piece(&buffer)
        }
        buffer.endWord()
    }

    private func piece(_ buffer: inout TokenBuffer) {
        let before = buffer.ids.count
        var start = 0
        while start < buffer.word.count {
            var hash = start == 0 ? WordHash.word : WordHash.continuation
            var best: (id: Int32, end: Int)?
            for end in start..<min(buffer.word.count, start + vocabulary.longestToken) {
                hash.add(buffer.word[end])
                if let id = vocabulary.id(of: hash) { best = (id, end + 1) }
            }
            guard let best else {
                buffer.ids.removeLast(buffer.ids.count - before)
                buffer.ids.append(WordPieceVocabulary.unknown)
                return
            }
            buffer.ids.append(best.id)
            start = best.end
        }
    }

    private static func special(in text: Span<UInt8>, at index: Int) -> (bytes: [UInt8], id: Int32)? {
        WordPieceVocabulary.spelledOut.first { bytes, _ in
            guard index + bytes.count <= text.count else { return false }
            return bytes.indices.allSatisfy { text[index + $0] == bytes[$0] }
        }
    }
}

/// The ids that a text was split into, and the room to do it; to be used again and again by one thread.
package struct TokenBuffer {
    /// The ids of the last text.
    package fileprivate(set) var ids: [Int32] = []
    /// The pending word, normalised.
    fileprivate var word: [UInt8] = []
    fileprivate var scalars = 0
    fileprivate var hash = WordHash.word

    /// A word of more scalars is unknown, as in the reference.
    fileprivate static let longestWord = 100

    /// An empty buffer.
    package init() {
        ids.reserveCapacity(512)
        word.reserveCapacity(512)
    }

    fileprivate mutating func push(_ byte: UInt8) {
        guard scalars <= Self.longestWord else { return }
        word.append(byte)
        hash.add(byte)
    }

    fileprivate mutating func endWord() {
        word.removeAll(keepingCapacity: true)
        scalars = 0
        hash = .word
    }

    fileprivate mutating func clear() {
        ids.removeAll(keepingCapacity: true)
        endWord()
    }
}
