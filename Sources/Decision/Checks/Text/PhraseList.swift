import Embedding

/// Phrases to be found in lower- or upper-case text at the beginnings of words.
package struct PhraseList: Sendable {
    /// In the order of their slots, and those of one slot as they were listed.
    private let phrases: [[UInt8]]
    /// Where the phrases of each slot begin, and at last where all end.
    private let starts: [Int]

    fileprivate static let slots = 256

    /// Phrases are lower-case ASCII and end where a word ends, unless they end in `*`.
    ///
    /// They begin with a word, of which a `*` leaves three letters at least.
    package init(_ listed: [String]) {
        var bySlot: [[[UInt8]]] = Array(repeating: [], count: Self.slots)
        for bytes in listed.map({ Array($0.utf8) }) {
            guard let first = Word(beginning: bytes[...]),
                first.range.count >= 3 || !bytes.dropFirst(first.range.count).starts(with: "*".utf8)
            else {
                let phrase = String(decoding: bytes, as: UTF8.self)
                preconditionFailure("the phrase '\(phrase)' must begin with a word, or three letters of one")
            }
            bySlot[Self.slot(of: first)].append(bytes)
        }
        phrases = Array(bySlot.joined())
        starts = bySlot.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    /// By the first three bytes of a word, up to an apostrophe of the typographic kind.
    @inline(__always)
    fileprivate static func slot(of word: Word) -> Int {
        var head = word.head & 0xFF_FFFF
        if head >> 8 & 0xFF == 0xE2 { head &= 0xFF } else if head >> 16 == 0xE2 { head &= 0xFFFF }
        return Int(truncatingIfNeeded: (head &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }

    /// Where phrases occur in text, in order, at most `limit` of them.
    package func ranges(in text: ArraySlice<UInt8>, limit: Int = 64) -> [Range<Int>] {
        ranges(in: text, words: Word.all(in: text)[...], limit: limit)
    }

    /// Where phrases occur in text of which the words are known, and perhaps more words behind it.
    func ranges(in text: ArraySlice<UInt8>, words: ArraySlice<Word>, limit: Int = 64) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var last = -1
        let words = words.span
        for place in words.indices {
            let slot = Self.slot(of: words[place])
            guard begins(in: slot) else { continue }
            let start = words[place].range.lowerBound
            guard start > last else { continue }
            guard start < text.endIndex, found.count < limit else { break }
            guard let end = end(at: start, slot: slot, in: text) else { continue }
            found.append(start..<end)
            last = end
        }
        return found
    }

    /// Whether a phrase begins with a word of this slot.
    @inline(__always)
    fileprivate func begins(in slot: Int) -> Bool { starts[slot] < starts[slot + 1] }

    /// Where the first phrase ends that stands at a place, at a word of this slot.
    fileprivate func end(at start: Int, slot: Int, in text: ArraySlice<UInt8>) -> Int? {
        for place in starts[slot]..<starts[slot + 1] {
            if let end = Self.end(of: phrases[place], at: start, in: text) { return end }
        }
        return nil
    }

    private static func end(of phrase: [UInt8], at start: Int, in text: ArraySlice<UInt8>) -> Int? {
        var place = start
        for byte in phrase {
            if byte == UInt8(ascii: "*") { return place }
            guard place < text.endIndex else { return nil }
            var width = 1
            var seen = text[place].lowercased
            // The typographic apostrophe.
            if seen == 0xE2, place + 2 < text.endIndex, text[place + 1] == 0x80, text[place + 2] == 0x99 {
                (seen, width) = (UInt8(ascii: "'"), 3)
            }
            guard seen == byte else { return nil }
            place += width
        }
        return place == text.endIndex || !text[place].isWordByte ? place : nil
    }
}

/// Several lists of phrases that are looked for in one text: a word is asked once whether any of them begins with it.
struct PhraseBook: Sendable {
    private let lists: [PhraseList]
    /// For each slot one bit for each list that has a phrase there.
    private let listsOfSlot: [UInt32]

    /// At most 32 lists.
    init(_ lists: [PhraseList]) {
        self.lists = lists
        listsOfSlot = (0..<PhraseList.slots).map { slot in
            lists.indices.reduce(0) { $0 | (lists[$1].begins(in: slot) ? 1 << UInt32($1) : 0) }
        }
    }

    /// A word with which phrases may begin.
    struct Beginning {
        /// The place of the word.
        fileprivate let start: Int
        fileprivate let slot: Int
        fileprivate let lists: UInt32
    }

    /// The words of a text with which phrases may begin; with all others none does.
    func beginnings(among words: [Word]) -> [Beginning] {
        var found: [Beginning] = []
        found.reserveCapacity(words.count / 2)
        let words = words.span
        for place in words.indices {
            let slot = PhraseList.slot(of: words[place])
            let lists = listsOfSlot[slot]
            if lists != 0 { found.append(Beginning(start: words[place].range.lowerBound, slot: slot, lists: lists)) }
        }
        return found
    }

    /// Where the phrases of one list occur in a text or its beginning, in order, at most `limit` of them.
    func ranges(
        of list: Int, in text: ArraySlice<UInt8>, among beginnings: [Beginning], limit: Int = 64
    ) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var last = -1
        let beginnings = beginnings.span
        for place in beginnings.indices where beginnings[place].lists &>> UInt32(list) & 1 != 0 {
            let begun = beginnings[place]
            guard begun.start > last else { continue }
            guard begun.start < text.endIndex, found.count < limit else { break }
            guard let end = lists[list].end(at: begun.start, slot: begun.slot, in: text) else { continue }
            found.append(begun.start..<end)
            last = end
        }
        return found
    }
}
