import Embedding
import Testing

struct LowercasedTextTests {
    /// Every byte, at the beginning and at the end of a block and behind several; none at all.
    @Test(arguments: [0, 1, 63, 64, 65, 200, 256, 400])
    func `each byte is of the kind that it is said to be`(_ count: Int) {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: 7 * $0 + count) }
        let lowercased = LowercasedText(text.span)
        #expect(lowercased.blocks.count == (count + 63) / 64)
        for place in 0..<64 * lowercased.blocks.count {
            let byte = place < count ? text[place] : 0
            let block = lowercased.blocks[place / 64]
            func isIn(_ kind: UInt64) -> Bool { kind >> UInt64(place % 64) & 1 != 0 }
            let character = Character(Unicode.Scalar(byte))
            #expect(isIn(block.letters) == (byte < 0x80 && character.isLetter))
            #expect(isIn(block.digits) == (byte < 0x80 && character.isWholeNumber))
            #expect(isIn(block.beyondASCII) == (byte >= 0x80))
            #expect(isIn(block.spaces) == (byte < 0x80 && byte != 0x1C && character.isWhitespace))
            #expect(lowercased.bytes[place] == ((65...90).contains(byte) ? byte + 32 : byte))
        }
        #expect(lowercased.bytes.suffix(8) == [0, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test(
        arguments: [
            ("", []), (" - ", []), ("Ab1 c-é", ["ab1", "c", "é"]), ("1", ["1"]),
            (String(repeating: "x", count: 64) + " y", [String(repeating: "x", count: 64), "y"]),
            (String(repeating: "ab ", count: 50), Array(repeating: "ab", count: 50)),
            (String(repeating: " ", count: 60) + "Donaudampfschiffe 2", ["donaudampfschiffe", "2"]),
        ] as [(String, [String])])
    func `words are runs of letters and digits, in whatever blocks they lie`(_ text: String, _ words: [String]) {
        let lowercased = LowercasedText(Array(text.utf8).span)
        let found = lowercased.words(from: 5, digitsAreJoined: true)
        #expect(found.map { spelt($0.range, in: lowercased) } == words)
        #expect(
            found.map(\.head)
                == words.map { $0.utf8.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) } })
        #expect(Set(found.map(\.hash)).count == Set(words).count)
        for word in found {
            let rest = Array(text.utf8.dropFirst(word.range.lowerBound - 5))
            let alone = ByteRun(beginning: rest.span, from: 0)
            #expect(alone?.hash == word.hash && alone?.head == word.head && alone?.range.count == word.range.count)
        }
    }

    @Test func `digits part words of letters alone`() {
        let lowercased = LowercasedText(Array("a1b22 3c".utf8).span)
        #expect(lowercased.words(from: 0, digitsAreJoined: false).map(\.range) == [0..<1, 2..<3, 7..<8])
    }

    private func spelt(_ range: Range<Int>, in lowercased: LowercasedText) -> String {
        String(decoding: lowercased.bytes[range.lowerBound - 5..<range.upperBound - 5], as: UTF8.self)
    }

    @Test(arguments: [("a,b,c", 0, 1), ("a,b,c", 2, 3), ("a,b,c", 4, nil), ("a,b,c", 5, nil), ("", 0, nil)])
    func `a byte is found from a place on`(_ text: String, _ start: Int, _ place: Int?) {
        #expect(Array(text.utf8).span.index(of: UInt8(ascii: ","), from: start) == place)
    }
}
