import Dialogue
import Features
import Testing

/// Trained heads read these numbers: whatever makes extraction faster may not change one of them.
@Suite struct FeatureGoldenTests {
    /// What a model may be asked, in several languages, layouts and mistakes of typing, with the digest of its features.
    static let golden: [(text: String, digest: UInt64)] = [
        ("", 0xBD06D40D94FDACED),
        ("Who wrote Hamlet?", 0x6710DACF6CCD10E5),
        ("Don't you think it's the 'best' of O'Neill's plays? 'Tis!", 0xA91484D76213E9C8),
        (
            "Please TRANSLATE the next line into German, then revise it. \"Good night, and good luck.\"",
            0xEC188C155CEBE78D
        ),
        ("A train covers 3.5 km in 2.25 minutes... how many km/h (x^2 = $\\frac{1}{2}$)?", 0x7389F29C2E63FDF2),
        ("Which is true?\nA) Anna is older\nB. Ben is older\n(c) neither\n- both\n\nAnswer: \n", 0x452C81D62802DC73),
        ("Fix:\n```python\ndef f(a_b):\n    return {1: [a_b]} <= 2;\n```\r\n\ttoo ``slow`` `now`", 0x59C98EBD8CE8091C),
        ("My order 123456789012345 hasn't arrived. I want a refund to my account!", 0x1943F7448772407C),
        ("Résumé: naïve café, Straße, Ærøskøbing, İstanbul e\u{301}clair ﬁnance ½ ①", 0xFE098846263714C8),
        ("ΣΊΣΥΦΟΣ Москва שלום مرحبا हिन्दी ไทย", 0xC78373A05D9FED38),
        ("中文字符，日本語カタカナ。한국어 한글 👨‍👩‍👧 🤖!", 0xD394698E65871805),
        ("a\u{0}b\u{7}c\u{200B}d\u{AD}e\u{FEFF}f\u{FFFD}g\u{A0}h\u{3000}i\u{2028}j\u{85}k", 0x370C5274D2D849C9),
        ("[MASK] [CLS] [mask] a[UNK]b [SEP]x [PAD", 0x25DBB6555852CE36),
        (
            "internationalisation unaffable qzxjkvw tokenization antidisestablishmentarianism x86_64 utf8mb4",
            0x645B5A8DCF31C467
        ),
        (String(repeating: "a", count: 100) + " " + String(repeating: "b", count: 101), 0x59C1E442C14C854E),
        (String(repeating: "The quick brown fox; 42 jumps? ", count: 60), 0xF934FB5B06A14CB2),
        (
            String(repeating: "größer als 3,14 — ", count: 120) + "\n\n" + String(repeating: "Ω", count: 500),
            0x4717BAEED28A62E7
        ),
    ]

    @Test(arguments: golden)
    func `an ask has the features that the heads were trained on`(text: String, digest: UInt64) {
        let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: text)])
        #expect(Self.digest(FeatureExtractor().features(of: prompt)) == digest)
    }

    @Test func `a conversation has the features that the heads were trained on`() {
        let prompt = Prompt(
            model: "auto",
            messages: [
                Message(role: .system, text: "Be brief: 12 words."),
                Message(
                    role: .user,
                    content: [.text("Sieh dir\tdas an"), .image(.url("https://example.org/a.png", detail: "low"))]),
                Message(
                    role: .assistant,
                    content: [.toolCall(ToolCall(id: "1", name: "look_up", arguments: "{\"a\": [1, 22, 333, 4444]}"))]),
                Message(
                    role: .tool, content: [.toolResult(ToolResult(callID: "1", content: [.text("vier\n \n\n fünf")]))]),
                Message(role: .user, content: [.text("and now?"), .text("Ça va")]),
            ],
            tools: [
                ToolDefinition(
                    name: "look_up", description: "Looks up", parameters: Array("{\"type\": \"object\"}".utf8))
            ],
            outputFormat: .json)
        #expect(Self.digest(FeatureExtractor().features(of: prompt)) == 0x44D2C2E10D32421B)
    }

    /// FNV-1a over tokens, bits of the embedding, structure, and the signals in steps of 2^-16: logarithms may differ in
    /// their last bit from one C library to the next.
    private static func digest(_ features: PromptFeatures) -> UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ value: Int) { digest = (digest ^ UInt64(bitPattern: Int64(value))) &* 0x100_0000_01B3 }
        for token in features.tokens { add(Int(token)) }
        for value in features.embedding { add(Int(value.bitPattern)) }
        for value in features.surface { add(Int((value * 65536).rounded())) }
        let structure = features.structure
        add(Int(structure.cues.rawValue))
        for count in [
            structure.turns, structure.images, structure.tools, structure.systemBytes, structure.toolBytes,
            structure.documentBytes, structure.askCharacters, features.inputTokens,
        ] { add(count) }
        add((structure.hasToolTurns ? 1 : 0) + (structure.wantsJSON ? 2 : 0))
        return digest
    }
}
