import Embedding

/// A word of a text: a run of ASCII letters, digits and bytes beyond ASCII.
struct Word: Sendable {
    /// Its place in the text.
    let range: Range<Int>
    /// Its first eight bytes in lower case, the first lowest; zeros follow.
    let head: UInt64
    /// Of all its bytes in lower case; no two words of at most eight bytes have the same.
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
                    words.append(Word(from: open, to: edge, offset: offset, text.lowercased))
                    open = -1
                }
            }
        }
        if open >= 0 { words.append(Word(from: open, to: text.count, offset: offset, text.lowercased)) }
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
        let start = text.startIndex
        var end = start
        while end < text.endIndex, text[end].isWordByte { end += 1 }
        guard end > start else { return nil }
        self.init(from: 0, to: end - start, offset: start) { text.span.eightBytes(at: $0).lowercased }
    }

    /// Takes in a word, of which eight bytes from a place on are given at once, in lower case.
    @inline(__always)
    private init(from start: Int, to end: Int, offset: Int, _ eightBytes: (Int) -> EightBytes) {
        range = offset &+ start..<offset &+ end
        head = eightBytes(start).first(end &- start)
        var hash = WordHash.mixed(Self.seed ^ head)
        var place = start &+ 8
        while place < end {
            hash = WordHash.mixed(hash ^ eightBytes(place).first(end &- place))
            place &+= 8
        }
        self.hash = hash
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
