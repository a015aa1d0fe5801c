import Assets
import Embedding
import Testing

@Suite struct WordPieceTests {
    /// Ids by Hugging Face's `tokenizers` 0.23.3 with the model's own tokenizer.json, without special tokens.
    static let golden: [(String, [Int32])] = [
        (
            "Hello, World!",
            [7592, 1010, 2088, 999]
        ),
        (
            "na\u{EF}ve caf\u{E9} r\u{E9}sum\u{E9}",
            [15743, 7668, 13746]
        ),
        (
            "e\u{301}clair Stra\u{DF}e \u{C6}r\u{F8}sk\u{F8}bing \u{130}stanbul",
            [14925, 19771, 2099, 2358, 27807, 1097, 2099, 16415, 6711, 16415, 10472, 9960]
        ),
        (
            "\u{3A3}\u{38A}\u{3A3}\u{3A5}\u{3A6}\u{39F}\u{3A3} \u{41C}\u{43E}\u{441}\u{43A}\u{432}\u{430}",
            [1173, 18199, 29733, 29735, 29736, 29730, 29733, 1191, 14150, 29747, 23925, 25529, 10260]
        ),
        (
            "\u{4E2D}\u{6587}\u{5B57}\u{7B26} \u{65E5}\u{672C}\u{8A9E}\u{30AB}\u{30BF}\u{30AB}\u{30CA}",
            [1746, 1861, 100, 100, 1864, 1876, 1950, 1700, 30235, 30226, 30241]
        ),
        (
            "\u{D55C}\u{AD6D}\u{C5B4} \u{D55C}\u{AE00}",
            [1469, 30006, 30021, 29991, 30014, 30020, 29999, 30008, 1469, 30006, 30021, 29991, 30017, 30022]
        ),
        (
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1F916}!",
            [100, 100, 999]
        ),
        (
            "a\u{0}b\u{7}c\u{200B}d\u{AD}e\u{FEFF}f\u{FFFD}g",
            [5925, 3207, 2546, 2290]
        ),
        (
            "[MASK] [CLS] [mask] a[UNK]b [SEP]x",
            [103, 101, 1031, 7308, 1033, 1037, 100, 1038, 102, 1060]
        ),
        (
            "don't ##ing x\u{B2}=4 \u{2026} \u{2014} \u{201C}quotes\u{201D}",
            [2123, 1005, 1056, 1001, 1001, 13749, 1060, 10701, 1027, 1018, 1529, 1517, 1523, 16614, 1524]
        ),
        (
            "\u{FB01}nance \u{BD} \u{2460} \u{338F} \u{C5}",
            [1984, 7229, 3401, 1092, 100, 100, 1037]
        ),
        (
            "a\u{A0}b\u{3000}c\u{9}d\u{D}\u{A}e\u{2028}f\u{85}g",
            [1037, 1038, 1039, 1040, 1041, 1042, 2290]
        ),
        (
            "\u{939}\u{93F}\u{928}\u{94D}\u{926}\u{940} \u{E44}\u{E17}\u{E22} \u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{645}\u{631}\u{62D}\u{628}\u{627}",
            [
                1339, 29877, 29863, 29861, 29878, 100, 1266, 29799, 29792, 29800, 1295, 17149, 29820, 29816,
                25573,
            ]
        ),
        (
            String(repeating: "a", count: 100),
            [
                13360, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057,
                11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057,
                11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057,
                11057, 11057, 11057, 11057, 11057, 11057, 11057, 2050,
            ]
        ),
        (
            String(repeating: "a", count: 101),
            [100]
        ),
        (
            String(repeating: "é", count: 101),
            [100]
        ),
        (
            "qzxjkvw unaffable tokenization",
            [1053, 2480, 2595, 15992, 2615, 2860, 14477, 20961, 3468, 19204, 3989]
        ),
        (
            "",
            []
        ),
        (
            "   ",
            []
        ),
        (
            "\u{1D518}\u{1D52B}\u{1D526}\u{1D520}\u{1D52C}\u{1D521}\u{1D522} \u{1F1E9}\u{1F1EA} \u{E0041}",
            [100, 100]
        ),
    ]

    @Test(arguments: golden)
    func `a text has the ids of the reference`(text: String, ids: [Int32]) {
        #expect(WordPiece.shipped.encode(text) == ids)
    }

    @Test func `the text before is forgotten`() {
        var (runs, ids) = (TextRuns(), [Int32]())
        for text in ["one two unthreeable café", "hello"] {
            runs.read(text.utf8.span)
            WordPiece.shipped.encode(text.utf8.span, runs, into: &ids)
        }
        #expect(ids == WordPiece.shipped.encode("hello"))
    }

    @Test func `bytes cut in the middle of a character are left out`() {
        var (runs, ids) = (TextRuns(), [Int32]())
        let cut = Array(Array("hello é".utf8).dropLast())
        runs.read(cut.span)
        WordPiece.shipped.encode(cut.span, runs, into: &ids)
        #expect(ids == WordPiece.shipped.encode("hello"))
    }

    @Test func `a word that is no token is the same pieces wherever it stands`() {
        let words =
            (0..<200).map { "summarisable\($0 * 37)x" } + [
                "Summarise", "summarise", String(repeating: "q", count: 101),
            ]
        let alone = words.map { WordPiece.shipped.encode($0) }
        #expect(alone.allSatisfy { $0.count > 1 || $0 == [100] })
        let (text, ids) = ((words + words).joined(separator: " "), (alone + alone).flatMap(\.self))
        #expect(WordPiece.shipped.encode(text) == ids)
        let twice = words.flatMap { [$0, $0] }.joined(separator: ", ")
        #expect(WordPiece.shipped.encode(twice).filter { $0 != 1010 } == alone.flatMap { $0 + $0 })
    }

    @Test func `every token that is a word of letters is itself`() {
        let vocabulary = Asset.wordpieceVocabulary.withSpan { bytes in
            var lines: [[UInt8]] = [[]]
            for index in 0..<bytes.count {
                if bytes[index] == UInt8(ascii: "\n") {
                    lines.append([])
                } else {
                    lines[lines.count - 1].append(bytes[index])
                }
            }
            return lines
        }
        var checked = 0
        for (id, token) in vocabulary.enumerated() where !token.isEmpty && token.allSatisfy({ 97...122 ~= $0 }) {
            checked += 1
            #expect(WordPiece.shipped.encode(String(decoding: token, as: UTF8.self)) == [Int32(id)])
        }
        #expect(checked > 20_000)
    }
}
