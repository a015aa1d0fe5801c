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
            let gap = EightBytes.run(of: ~span.eightBytes(at: place).wordBytes(isOfLetters)).length
            place += gap
            guard gap < 8, place < span.count else { continue }
            let word = Word(in: span, from: place, offset: text.startIndex, isOfLetters: isOfLetters)
            words.append(word)
            place += word.range.count
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
        self.init(in: text.span, from: 0, offset: text.startIndex)
    }

    /// Reads a word eight bytes at a time.
    private init(in text: Span<UInt8>, from start: Int, offset: Int, isOfLetters: Bool = false) {
        var bytes = text.eightBytes(at: start)
        var run = EightBytes.run(of: bytes.wordBytes(isOfLetters))
        head = bytes.lowercased.bits & run.mask
        var place = start + run.length
        var hash = WordHash(seed: Self.seed)
        hash.add(head, count: run.length)
        while run.length == 8 {
            bytes = text.eightBytes(at: place)
            run = EightBytes.run(of: bytes.wordBytes(isOfLetters))
            hash.add(bytes.lowercased.bits & run.mask, count: run.length)
            place += run.length
        }
        range = offset + start..<offset + place
        self.hash = hash.value
    }

    /// The words of a list that is written in the program.
    static func all(in list: String) -> [Word] { all(in: Array(list.utf8)[...]) }
}

extension EightBytes {
    /// The lanes of letters, digits and bytes of characters beyond ASCII.
    @inline(__always)
    fileprivate func wordBytes(_ isOfLetters: Bool) -> UInt64 {
        letters | beyondASCII | (isOfLetters ? 0 : digits)
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
