import Embedding

/// A word of a text: a run of ASCII letters, digits and bytes beyond ASCII.
struct Word: Sendable {
    /// Its place in the text.
    let range: Range<Int>
    /// Its first eight bytes in lower case, the first lowest; zeros follow.
    let head: UInt64
    /// Of all its bytes in lower case; no two words of at most seven bytes have the same.
    let hash: UInt64

    private static let seed: UInt64 = 0x1F83_D9AB_FB41_BD6B

    /// The words of a text in order.
    ///
    /// Where they are of letters alone, digits part them.
    static func all(in text: ArraySlice<UInt8>, isOfLetters: Bool = false) -> [Word] {
        let span = text.span
        var words: [Word] = []
        words.reserveCapacity(span.count / 5 + 1)
        var place = 0
        while place < span.count {
            let bytes = LoweredBytes(span.eightBytes(at: place), isOfLetters: isOfLetters)
            let gap = bytes.words.trailingZeroBitCount &>> 3
            place &+= gap
            guard gap < 8 else { continue }
            // Most words end within the eight bytes in which they begin.
            let word = Word(
                in: span, from: place, begins: bytes.dropping(gap), known: 8 &- gap, offset: text.startIndex,
                isOfLetters: isOfLetters)
            words.append(word)
            place = word.range.upperBound &- text.startIndex
        }
        return words
    }

    /// The words of a part of a text whose words are known.
    static func all(in part: ArraySlice<UInt8>, of text: [UInt8], _ words: [Word]) -> ArraySlice<Word> {
        let (start, end) = (part.startIndex, part.endIndex)
        let isCut = { place in place > 0 && place < text.count && text[place - 1].isWordByte && text[place].isWordByte }
        if isCut(start) || isCut(end) { return all(in: part)[...] }
        return words[words.place(of: start)..<words.place(of: end)]
    }

    /// The word that a text begins with.
    init?(beginning text: ArraySlice<UInt8>) {
        guard text.first?.isWordByte == true else { return nil }
        let span = text.span
        let bytes = LoweredBytes(span.eightBytes(at: 0), isOfLetters: false)
        self.init(in: span, from: 0, begins: bytes, known: 8, offset: text.startIndex, isOfLetters: false)
    }

    /// Reads a word eight bytes at a time, given its first bytes, of which so many are `known` and the others zero.
    @inline(__always)
    private init(
        in text: Span<UInt8>, from start: Int, begins first: LoweredBytes, known: Int, offset: Int, isOfLetters: Bool
    ) {
        var bytes = first
        var run = EightBytes.run(of: bytes.words)
        if run.length == known, known < 8 {
            bytes = LoweredBytes(text.eightBytes(at: start), isOfLetters: isOfLetters)
            run = EightBytes.run(of: bytes.words)
        }
        head = bytes.bits & run.mask
        var place = start &+ run.length
        var hash = WordHash(seed: Self.seed)
        hash.add(head, count: run.length)
        while run.length == 8 {
            bytes = LoweredBytes(text.eightBytes(at: place), isOfLetters: isOfLetters)
            run = EightBytes.run(of: bytes.words)
            hash.add(bytes.bits & run.mask, count: run.length)
            place &+= run.length
        }
        range = offset &+ start..<offset &+ place
        self.hash = hash.value
    }

    /// The words of a list that is written in the program.
    static func all(in list: String) -> [Word] { all(in: Array(list.utf8)[...]) }
}

/// Eight bytes of a text, capital letters made small, and which of them belong to words.
private struct LoweredBytes {
    let bits: UInt64
    /// The lanes of letters, digits and bytes of characters beyond ASCII.
    let words: UInt64

    @inline(__always)
    init(_ bytes: EightBytes, isOfLetters: Bool) {
        let letters = bytes.letters
        bits = bytes.bits | letters &>> 2
        words = letters | bytes.beyondASCII | (isOfLetters ? 0 : bytes.digits)
    }

    @inline(__always)
    private init(bits: UInt64, words: UInt64) { (self.bits, self.words) = (bits, words) }

    /// All but the first few, at most seven; zeros follow.
    @inline(__always)
    func dropping(_ count: Int) -> LoweredBytes {
        let bits = UInt64(truncatingIfNeeded: count &* 8)
        return LoweredBytes(bits: self.bits &>> bits, words: words &>> bits)
    }
}

extension [Word] {
    /// The place of the first word that does not begin before a place of the text.
    fileprivate func place(of start: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].range.lowerBound < start { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
