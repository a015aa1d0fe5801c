import Embedding

/// A word of a text: a run of ASCII letters, digits and bytes beyond ASCII.
typealias Word = ByteRun

extension Word {
    /// The words of a text in order.
    ///
    /// Where they are of letters alone, digits part them.
    static func all(in text: ArraySlice<UInt8>, isOfLetters: Bool = false) -> [Word] {
        LowercasedText(text.span).words(from: text.startIndex, digitsAreJoined: !isOfLetters)
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
    init?(beginning text: ArraySlice<UInt8>) { self.init(beginning: text.span, from: text.startIndex) }

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
