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
        all(in: ByteClasses(text.span), from: text.startIndex, isOfLetters: isOfLetters)
    }

    /// The words of a text that is read already and begins at a place of a longer one.
    static func all(in text: ByteClasses, from offset: Int = 0, isOfLetters: Bool = false) -> [Word] {
        var words: [Word] = []
        words.reserveCapacity(text.count / 5 + 1)
        let lowercased = text.lowercased.span
        // Where the word begins that the block before ends in; below zero for none.
        var open = -1
        for block in 0..<text.blocks {
            let bits = text[.letter, block] | text[.beyondASCII, block] | (isOfLetters ? 0 : text[.digit, block])
            // Where words begin and where they end, in turn.
            var edges = bits ^ (bits << 1 | (open < 0 ? 0 : 1))
            while edges != 0 {
                let edge = 64 &* block &+ edges.trailingZeroBitCount
                edges &= edges &- 1
                if open < 0 {
                    open = edge
                } else {
                    words.append(Word(in: lowercased, from: open, to: edge, offset: offset))
                    open = -1
                }
            }
        }
        if open >= 0 { words.append(Word(in: lowercased, from: open, to: text.count, offset: offset)) }
        return words
    }

    /// The words of a part of a text whose words are known.
    static func all(in part: ArraySlice<UInt8>, of text: [UInt8], _ words: [Word]) -> ArraySlice<Word> {
        let (start, end) = (part.startIndex, part.endIndex)
        let isCut = { place in place > 0 && place < text.count && text[place - 1].isWordByte && text[place].isWordByte }
        let whole = words[words.place(of: start)..<words.place(of: end)]
        guard isCut(start) || isCut(end) else { return whole }
        var words = Array(whole)
        if isCut(start), words.first?.range.lowerBound != start, let rest = Word(beginning: part) {
            words.insert(rest, at: 0)
        }
        if let last = words.last, last.range.upperBound > end,
            let beginning = Word(beginning: part[last.range.lowerBound...])
        {
            words[words.count - 1] = beginning
        }
        return words[...]
    }

    /// The word that a text begins with.
    init?(beginning text: ArraySlice<UInt8>) {
        let word = text.prefix(while: \.isWordByte)
        guard !word.isEmpty else { return nil }
        self.init(in: ByteClasses(word.span).lowercased.span, from: 0, to: word.count, offset: text.startIndex)
    }

    /// Takes in a word of a text in lower case, eight bytes at a time.
    @inline(__always)
    private init(in text: Span<UInt8>, from start: Int, to end: Int, offset: Int) {
        range = offset &+ start..<offset &+ end
        let length = end &- start
        head = text.eightBytes(at: start).first(length)
        var hash = WordHash(seed: Self.seed)
        if length < 8 {
            hash.add(head, count: length)
        } else {
            hash.add(head, count: 8)
            var place = start &+ 8
            while place < end {
                hash.add(text.eightBytes(at: place).first(end &- place), count: min(end &- place, 8))
                place &+= 8
            }
        }
        self.hash = hash.value
    }

    /// The words of a list that is written in the program.
    static func all(in list: String) -> [Word] { all(in: Array(list.utf8)[...]) }
}

extension EightBytes {
    /// The first bytes; zeros follow.
    @inline(__always)
    func first(_ count: Int) -> UInt64 {
        count < 8 ? bits & (1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1) : bits
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
