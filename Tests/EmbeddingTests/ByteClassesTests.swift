import Embedding
import Testing

struct ByteClassesTests {
    /// Every byte, at the beginning and at the end of a block and behind several; none at all.
    @Test(arguments: [0, 1, 63, 64, 65, 200, 256, 400])
    func `each byte is of the kind that it is said to be`(_ count: Int) {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: 7 * $0 + count) }
        let classes = ByteClasses(text.span)
        #expect(classes.blocks == (count + 63) / 64)
        for place in 0..<64 * classes.blocks {
            let byte = place < count ? text[place] : 0
            func isOf(_ kind: ByteClasses.Kind) -> Bool { classes[kind, place / 64] >> UInt64(place % 64) & 1 != 0 }
            let character = Character(Unicode.Scalar(byte))
            #expect(isOf(.letter) == (byte < 0x80 && character.isLetter))
            #expect(isOf(.digit) == (byte < 0x80 && character.isWholeNumber))
            #expect(isOf(.beyondASCII) == (byte >= 0x80))
            #expect(isOf(.space) == (byte < 0x80 && byte != 0x1C && character.isWhitespace))
            #expect(classes.lowercased[place] == ((65...90).contains(byte) ? byte + 32 : byte))
        }
        #expect(classes.lowercased.suffix(8) == [0, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test(
        arguments: [
            ("", []), (" - ", []), ("Ab1 c-é", ["ab1", "c", "é"]), ("1", ["1"]),
            (String(repeating: "x", count: 64) + " y", [String(repeating: "x", count: 64), "y"]),
            (String(repeating: "ab ", count: 50), Array(repeating: "ab", count: 50)),
            (String(repeating: " ", count: 60) + "Donaudampfschiffe 2", ["donaudampfschiffe", "2"]),
        ] as [(String, [String])])
    func `words are runs of letters and digits, in whatever blocks they lie`(_ text: String, _ words: [String]) {
        let classes = ByteClasses(Array(text.utf8).span)
        let found = classes.words(from: 5, digitsAreJoined: true)
        #expect(found.map { lowercased($0.range, in: classes) } == words)
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
        let classes = ByteClasses(Array("a1b22 3c".utf8).span)
        #expect(classes.words(from: 0, digitsAreJoined: false).map(\.range) == [0..<1, 2..<3, 7..<8])
    }

    private func lowercased(_ range: Range<Int>, in classes: ByteClasses) -> String {
        String(decoding: classes.lowercased[range.lowerBound - 5..<range.upperBound - 5], as: UTF8.self)
    }

    @Test(arguments: [("a,b,c", 0, 1), ("a,b,c", 2, 3), ("a,b,c", 4, nil), ("a,b,c", 5, nil), ("", 0, nil)])
    func `a byte is found from a place on`(_ text: String, _ start: Int, _ place: Int?) {
        #expect(Array(text.utf8).span.index(of: UInt8(ascii: ","), from: start) == place)
    }
}
