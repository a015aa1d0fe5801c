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

    /// Replaces the ids in `buffer` by those of the text, without `[CLS]` and `[SEP]`.
    ///
    /// The text must be valid UTF-8; a character cut off at its end is left out.
    package func encode(_ text: Span<UInt8>, into buffer: inout TokenBuffer) {
        encode(text, TextBits(text), into: &buffer)
    }

    /// The same for a text whose bits are known.
    package func encode(_ text: Span<UInt8>, _ bits: TextBits, into buffer: inout TokenBuffer) {
        buffer.clear()
        var index = 0
        while index < text.count {
            let run = bits.lettersAndDigits(from: index)
            if run > 0 {
                index = encodeRun(of: text, from: index, count: run, into: &buffer)
                continue
            }
            let byte = text[index]
            guard byte < 0x80 else {
                index += encodeScalar(of: text, at: index, into: &buffer)
                continue
            }
            switch ascii[Int(byte)] {
            case 0: break
            case 1: flush(&buffer)
            default:
                flush(&buffer)
                if byte == UInt8(ascii: "["), let special = Self.special(in: text, at: index) {
                    buffer.ids.append(special.id)
                    index += special.bytes.count
                    continue
                }
                buffer.ids.append(single[Int(byte)])
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

    /// Takes in so many letters and digits; returns where to go on.
    ///
    /// Most are a word, and most words a token.
    @inline(__always)
    private func encodeRun(
        of text: Span<UInt8>, from start: Int, count: Int, into buffer: inout TokenBuffer
    ) -> Int {
        let end = start &+ count
        let next = end < text.count ? text[end] : UInt8(ascii: " ")
        // What belongs to the word though it is neither, does so without a gap.
        let isWord = buffer.scalars == 0 && count <= TokenBuffer.longestWord && next < 0x80 && ascii[Int(next)] != 0
        var hash = WordHash.word
        hash.add(text, from: start, count: count)
        guard isWord, let id = vocabulary.id(of: hash) else {
            buffer.push(text, from: start, count: count)
            return end
        }
        buffer.ids.append(id)
        // A blank behind it parts it from the next and is nothing by itself.
        return next == UInt8(ascii: " ") ? end &+ 1 : end
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
        let word = buffer.word
        var start = 0
        while start < word.count {
            guard let longest = longestToken(in: word, from: start) else {
                buffer.ids.removeLast(buffer.ids.count - before)
                buffer.ids.append(WordPieceVocabulary.unknown)
                return
            }
            buffer.ids.append(longest.id)
            start = longest.end
        }
    }

    /// The longest token that a word goes on with.
    private func longestToken(in word: [UInt8], from start: Int) -> (id: Int32, end: Int)? {
        var hash = start == 0 ? WordHash.word : WordHash.continuation
        var longest: (id: Int32, end: Int)?
        for index in start..<min(word.count, start + vocabulary.longestToken) {
            hash.add(word[index])
            if let id = vocabulary.id(of: hash) { longest = (id, index + 1) }
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

    /// Takes in letters and digits.
    fileprivate mutating func push(_ text: Span<UInt8>, from start: Int, count: Int) {
        scalars += count
        guard scalars <= Self.longestWord else { return }
        hash.add(text, from: start, count: count)
        word.append(addingCapacity: count) { word in
            for index in start..<start + count { word.append(text[index] | 0x20) }
        }
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
