import Gateway
import Testing

struct PlainWordsTests {
    private func words(_ text: String) -> String {
        var said = ""
        said.unicodeScalars.append(contentsOf: PlainWords(of: text))
        return said
    }

    @Test(arguments: [
        ("Paris is the capital.", "paris is the capital"), ("  **Paris**,\n is the CAPITAL ", "paris is the capital"),
        ("It costs $3.50 (or 12 %).", "it costs $3.50 or 12 %"), ("3.5.", "3.5"), ("Wait... no", "wait.. no"),
        (". a . b", "a b"),
        ("Grüße aus ÖSTERREICH – “ja”", "grüße aus österreich ja"), ("İ", "i̇"), ("-4 is not 4", "-4 is not 4"),
        ("", ""),
        ("?!", ""), ("東京、日本", "東京 日本"),
    ])
    func `words are what is written, not how`(text: String, said: String) {
        #expect(words(text).unicodeScalars.elementsEqual(said.unicodeScalars))
    }
}
