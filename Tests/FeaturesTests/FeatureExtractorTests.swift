import Dialogue
import Features
import Testing

@Suite struct FeatureExtractorTests {
    private func features(_ messages: [Message], tools: [ToolDefinition] = []) -> PromptFeatures {
        FeatureExtractor().features(of: Prompt(model: "auto", messages: messages, tools: tools))
    }

    private func features(_ text: String) -> PromptFeatures { features([Message(role: .user, text: text)]) }

    private static let long = String(repeating: "word ", count: 60)

    @Test func `a short last turn brings the user's turn before it`() {
        let first = Message(role: .user, text: "Name a river in France")
        let alone = features([Message(role: .user, text: "why?")])
        let both = features([first, Message(role: .assistant, text: "The Loire"), Message(role: .user, text: "why?")])
        #expect(both.tokens == features("Name a river in France\nwhy?").tokens)
        #expect(both.tokens != alone.tokens)
        let enough = features([first, Message(role: .user, text: Self.long)])
        #expect(enough.tokens == features(Self.long).tokens)
    }

    @Test func `the ask says whether it is the last turn and all of it`() {
        let question = Message(role: .user, text: "why?")
        let answer = Message(role: .assistant, text: "The Loire")
        let picture = Message(role: .user, content: [.image(.url("https://example.org/a.png", detail: nil))])
        #expect(features([question]).isLastTurn && features([]).isLastTurn && features([picture]).isLastTurn)
        #expect(features([question, answer, Message(role: .user, text: Self.long)]).isLastTurn)
        #expect(!features([question, answer, question]).isLastTurn)
        #expect(!features([question, answer, picture]).isLastTurn)
        #expect(!features(String(repeating: "x", count: 1201)).isLastTurn)
    }

    @Test func `a long ask keeps its first 300 and last 900 characters`() {
        let text =
            String(repeating: "é ", count: 150) + String(repeating: "x ", count: 1000)
            + String(repeating: "z ", count: 450)
        let found = features(text)
        #expect(
            found.tokens
                == features(String(repeating: "é ", count: 150) + "\n" + String(repeating: "z ", count: 450)).tokens)
        #expect(found.structure.askCharacters == 3200)
        #expect(found.structure.documentBytes == 2000)
    }

    @Test func `surface signals count what they name`() {
        let found = features("Why does 3.5 + 200 = 203.5?\nA) true\nB) false")
        #expect(found.surface.count == SurfaceSignal.allCases.count)
        #expect(found[.startsWithQuestionWord] == 1)
        #expect(found[.why] > 0)
        #expect(found[.options] > 1)
        #expect(found[.decimals] > 1)
        #expect(abs(found[.logLines] - 1.0986) < 1e-3)
        #expect(features("").surface.allSatisfy { $0.isFinite })
    }

    @Test(
        arguments: [
            ("dogs Dogs dogs' DOG'S do'gs d0gs", 3 / 7.0), ("a a1 1a b", 0.5), ("don't dont 'dont", 1 / 3.0), ("x", 1),
            (String(repeating: "wa wb wc ", count: 100), 0.01),
        ] as [(String, Double)])
    func `words are the same by their letters, apart from apostrophes`(text: String, share: Double) {
        #expect(abs(Double(features(text)[.typeTokenRatio]) - share) < 1e-6)
    }

    @Test(arguments: [
        ("Translate this sentence into French: good night", StructuralCues.translateToLanguage),
        ("Please rewrite the following so that it sounds friendly", .rewrite),
        ("Fix the typo: teh cat", .rewrite), ("Could you check my spelling: recieve", .rewrite),
        ("Fix the engine. A typo is a slip of the pen.", StructuralCues()),
        ("What is the spelling of Mississippi?", StructuralCues()),
        ("What is wrong?\n```\nlet x = 1\n```", .codeFence),
        ("My order has not arrived and I want a refund", .support),
        ("What is the capital of France?", StructuralCues()),
        ("I learn French. What does a translator earn?", StructuralCues()),
    ])
    func `marks that speak for themselves are seen`(text: String, cues: StructuralCues) {
        #expect(features(text).structure.cues == cues)
    }

    @Test(arguments: [
        ("file", 3_000_000, 30_000), ("file", 2000, 1500), ("document", 250_000, 3000),
        ("input_audio", 1_000_000, 1000),
    ])
    func `files in a part of one format are not counted as text`(type: String, length: Int, tokens: Int) {
        let ask = ContentPart.text("What is it?")
        let json = Array(
            #"{"type":"\#(type)","title":"a b","data":"\#(String(repeating: "JVBERi0x", count: length / 8))"}"#.utf8)
        func count(_ content: [ContentPart]) -> Int { features([Message(role: .user, content: content)]).inputTokens }
        let own = count([ask, .other(type: type, json: json)]) - count([ask])
        #expect((tokens...tokens + 30).contains(own))
    }

    @Test func `text in a part of one format is counted as text`() {
        let json = Array(#"{"type":"document","source":{"type":"text","data":"\#(Self.long)"}}"#.utf8)
        let found = features([Message(role: .user, content: [.other(type: "document", json: json)])])
        #expect(found.inputTokens >= 60)
        #expect(found.inputTokens < 200)
    }

    @Test func `structure is counted over the whole prompt`() {
        let tool = ToolDefinition(name: "add", description: "Adds", parameters: Array("{}".utf8))
        let picture = ContentPart.image(.url("https://example.org/a.png", detail: "low"))
        let found = features(
            [
                Message(role: .system, text: "Be brief."),
                Message(role: .user, content: [.text("See"), picture]),
                Message(role: .tool, content: [.toolResult(ToolResult(callID: "1", content: [.text("four")]))]),
            ], tools: [tool])
        #expect(found.structure.systemBytes == 9)
        #expect(found.structure.toolBytes == 9)
        #expect(found.structure.images == 1)
        #expect(found.structure.turns == 1)
        #expect(found.structure.hasToolTurns)
        #expect(found.structure.documentBytes == 4)
        #expect(found.inputTokens > 85)
    }

    @Test func `the estimate of tokens is near a count by cl100k`() {
        // Ten tokens of text; seven of the chat format.
        #expect((15...19).contains(features("The quick brown fox jumps over the lazy dog.").inputTokens))
    }

    /// Texts are read 64 bytes at a time; what is moved by some blanks lies differently in those.
    @Test(arguments: [
        "A train, 3.5 km long,\n \n\r\nneeds 1234567 s... Don't you think??\n\nA) internationalisation\n(b) ``` x_1 ```",
        "größer als 3,14 — 中文字符 한국어 🤖, İstanbul\t\n\n antidisestablishmentarianism 12 345 6789 {[(<=>)]};",
        String(repeating: "a", count: 70) + " " + String(repeating: "7", count: 70) + " "
            + String(repeating: "-", count: 70) + "\n" + String(repeating: " ", count: 140) + "\nb",
    ])
    func `a text has the same words, tokens and estimate wherever it begins`(text: String) {
        let found = features(text)
        let counted: [SurfaceSignal] = [
            .logWords, .logLines, .logNumbers, .logLargestNumber, .decimals, .questionMarks, .options, .labelledBlocks,
            .sentenceLength, .typeTokenRatio, .capitalShare, .codeFences,
        ]
        for blanks in 1...130 {
            let moved = features(String(repeating: " ", count: blanks) + text)
            #expect(moved.tokens == found.tokens)
            #expect(moved.inputTokens == found.inputTokens)
            #expect(counted.allSatisfy { moved[$0] == found[$0] })
        }
    }

    @Test func `the same prompt has the same features`() {
        let extractor = FeatureExtractor()
        let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: "How many legs have 7 spiders?")])
        let first = extractor.features(of: prompt)
        _ = extractor.features(of: Prompt(model: "auto", messages: [Message(role: .user, text: Self.long)]))
        let second = extractor.features(of: prompt)
        #expect(first.embedding == second.embedding && first.surface == second.surface && first.tokens == second.tokens)
    }
}
