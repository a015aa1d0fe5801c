import Embedding
import Testing

@Suite struct PlainLettersTests {
    @Test(arguments: [
        ("", ""), ("a", "a"), ("  ", ""), ("What is 2+2?", "whatis22"), ("[Z9@`{/:", "z9"),
        ("ABCDEFGH", "abcdefgh"), ("ABCDEFGHI", "abcdefghi"), ("1234567 ABCDEFG-8", "1234567abcdefg8"),
        ("0123456789abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuvwxyz"), ("a\u{0}b\u{7F}c", "abc"),
    ]) func `letters and digits are left`(text: String, letters: String) {
        #expect(PlainLetters.of(text.utf8.span) == Array(letters.utf8))
    }

    @Test func `they are left wherever they stand`() {
        for blanks in 0..<70 {
            let text = String(repeating: " ", count: blanks) + "aB1-" + String(repeating: "Z", count: 70) + "."
            #expect(PlainLetters.of(text.utf8.span) == Array("ab1".utf8) + [UInt8](repeating: 0x7A, count: 70))
        }
    }

    @Test(arguments: ["é", "12345678é", "plain but for the end —"])
    func `a text beyond ASCII has none`(text: String) {
        #expect(PlainLetters.of(text.utf8.span) == nil)
    }
}
