/// Phrases to be found in lower- or upper-case text at the beginnings of words.
package struct PhraseList: Sendable {
    /// In the order of their slots, and those of one slot as they were listed.
    private let phrases: [[UInt8]]
    /// Where the phrases of each slot begin, and at last where all end.
    private let starts: [Int]

    private static let slots = 256

    /// Phrases are lower-case ASCII and end where a word ends, unless they end in `*`.
    ///
    /// They begin with a word, of which a `*` leaves three letters at least.
    package init(_ listed: [String]) {
        self.init(listed.map { Array($0.utf8) })
    }

    /// The phrases of several lists.
    init(joining lists: [PhraseList]) { self.init(lists.flatMap(\.phrases)) }

    private init(_ listed: [[UInt8]]) {
        var bySlot: [[[UInt8]]] = Array(repeating: [], count: Self.slots)
        for bytes in listed {
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
    private static func slot(of word: Word) -> Int {
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
        for word in words where word.range.lowerBound > last {
            let slot = Self.slot(of: word)
            guard starts[slot] < starts[slot + 1] else { continue }
            let start = word.range.lowerBound
            guard start < text.endIndex, found.count < limit else { break }
            for place in starts[slot]..<starts[slot + 1] {
                guard let end = Self.end(of: phrases[place], at: start, in: text) else { continue }
                found.append(start..<end)
                last = end
                break
            }
        }
        return found
    }

    /// The words with which a phrase may begin; of all others none does.
    func beginnings(among words: [Word]) -> [Word] {
        var found: [Word] = []
        found.reserveCapacity(words.count / 2)
        for word in words {
            let slot = Self.slot(of: word)
            if starts[slot] < starts[slot + 1] { found.append(word) }
        }
        return found
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
