import Embedding

/// The words of a text that are letters alone, in whatever script.
struct LetterWords {
    /// The text; of one beyond ASCII, what is no letter is blank.
    let text: [UInt8]
    let words: [Word]

    /// The words of the first characters of a text.
    init(_ text: ArraySlice<UInt8>, most: Int) {
        let beginning = text.prefix(most)
        if beginning.allSatisfy({ $0 < 0x80 }) {
            self.text = Array(beginning)
        } else {
            // Four bytes are the most that a character of one scalar has.
            let characters = String(decoding: text.prefix(4 * most), as: UTF8.self).prefix(most)
            self.text = characters.flatMap { $0.isLetter ? Array($0.utf8) : [UInt8(ascii: " ")] }
        }
        words = Word.all(in: self.text[...], isOfLetters: true)
    }

    /// How many letters a word has.
    func length(of word: Word) -> Int { text[word.range].count { $0 & 0xC0 != 0x80 } }

    /// Whether a word begins with a small letter; those of scripts without are none.
    func isSmall(_ word: Word) -> Bool {
        let first = text[word.range.lowerBound]
        guard first >= 0x80 else { return first == first.lowercased }
        return String(decoding: text[word.range].prefix(4), as: UTF8.self).first?.isLowercase == true
    }
}
