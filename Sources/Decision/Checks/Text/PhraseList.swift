/// Phrases to be found in lower- or upper-case text at the beginnings of words, in one pass.
package struct PhraseList: Sendable {
    private var byFirst: [[[UInt8]]]

    /// Phrases are lower-case ASCII and end where a word ends, unless they end in `*`.
    package init(_ phrases: [String]) {
        byFirst = Array(repeating: [], count: 256)
        for phrase in phrases {
            guard let first = phrase.utf8.first else { continue }
            byFirst[Int(first)].append(Array(phrase.utf8))
        }
    }

    /// Where phrases occur in text, in order, at most `limit` of them.
    package func ranges(in text: ArraySlice<UInt8>, limit: Int = 64) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = text.startIndex
        var atStart = true
        while place < text.endIndex, found.count < limit {
            let byte = text[place].lowercased
            if atStart, let end = end(ofPhraseAt: place, first: byte, in: text) {
                found.append(place..<end)
                place = end
                atStart = false
                continue
            }
            atStart = !byte.isWordByte
            place += 1
        }
        return found
    }

    private func end(ofPhraseAt start: Int, first: UInt8, in text: ArraySlice<UInt8>) -> Int? {
        for phrase in byFirst[Int(first)] {
            var place = start
            var matched = true
            for byte in phrase {
                if byte == UInt8(ascii: "*") { return place }
                guard place < text.endIndex else {
                    matched = false
                    break
                }
                var width = 1
                var seen = text[place].lowercased
                // The typographic apostrophe.
                if seen == 0xE2, place + 2 < text.endIndex, text[place + 1] == 0x80, text[place + 2] == 0x99 {
                    (seen, width) = (UInt8(ascii: "'"), 3)
                }
                guard seen == byte else {
                    matched = false
                    break
                }
                place += width
            }
            if matched, place == text.endIndex || !text[place].isWordByte { return place }
        }
        return nil
    }
}

extension UInt8 {
    /// The ASCII letter in lower case; every other byte as it is.
    package var lowercased: UInt8 { self >= 65 && self <= 90 ? self | 32 : self }
    /// 0 to 9.
    package var isDigit: Bool { self >= 48 && self <= 57 }
    /// An ASCII letter.
    package var isLetter: Bool { (self | 32) >= 97 && (self | 32) <= 122 }
    /// ASCII white space.
    package var isSpace: Bool { self == 32 || (self >= 9 && self <= 13) }
    /// A letter, a digit or a byte of a character beyond ASCII.
    package var isWordByte: Bool { isLetter || isDigit || self >= 0x80 }
}
