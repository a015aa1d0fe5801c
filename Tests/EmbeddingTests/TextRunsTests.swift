import Embedding
import Testing

@Suite struct TextRunsTests {
    private static let texts = [
        "", " ", "a", "Ab1 c-é2", String(repeating: "x", count: 64) + " y",
        String(repeating: " ", count: 61) + "Incomprehensibilities 12345678 abcdefgh abcdefgh9 9abcdefgh",
    ]

    @Test(arguments: texts)
    func `runs are of ASCII letters and digits`(_ text: String) {
        var runs = TextRuns()
        runs.read(String(repeating: "before ", count: 40).utf8.span)
        runs.read(text.utf8.span)
        let expected = text.split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
        #expect(runs.runs.map { spelt($0, in: runs) } == expected.map { $0.lowercased() })
        for (run, word) in zip(runs.runs, expected) {
            #expect(runs.isOfLetters(run) == word.allSatisfy(\.isLetter))
        }
    }

    @Test(arguments: texts)
    func `a run has the hash of its bytes in small letters, taken one by one`(_ text: String) {
        var runs = TextRuns()
        runs.read(text.utf8.span)
        for run in runs.runs {
            var hash = WordHash()
            for byte in spelt(run, in: runs).utf8 { hash.add(byte) }
            #expect(hash.value == run.hash)
        }
    }

    private func spelt(_ run: ByteRun, in runs: TextRuns) -> String {
        String(decoding: runs.lowercased.bytes[run.range], as: UTF8.self)
    }
}
