import Agreement
import Checks
import Dialogue
import Experience
import Features
import Statistics
import Testing

struct AnswerSketchTests {
    private static func looked(
        _ text: String, to question: String = "What is 17 + 25?", _ taskClass: TaskClass = .maths
    ) -> AnswerSketch {
        let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: question)])
        var answer = Answer(to: prompt, taskClass: taskClass, text: text)
        let extractor = FeatureExtractor()
        let findings = Check.findings(on: &answer, within: CheckBudget(.seconds(60)))
        let canonical = CanonicalAnswer(of: &answer, with: extractor)
        return AnswerSketch(of: answer, findings, saying: canonical, with: extractor)
    }

    @Test(arguments: [
        "17 + 25 = 42. The answer is 42.", "", "I'm sorry, but I cannot help with that.", "17 + 25 = 43",
        String(repeating: "It may be 42, but then again 17 + 25 = 43 or so. ", count: 400),
    ])
    func `a sketch reads back as it was kept, in some hundred bytes`(text: String) throws {
        let sketch = Self.looked(text)
        let read = AnswerSketch(encoded: sketch.encoded)
        let isSame = read == sketch
        #expect(isSame)
        #expect(sketch.encoded.count <= 500)
    }

    @Test(arguments: [
        "What is 17 + 25?", "", String(repeating: "Was kostet ein Päckchen? ", count: 46),
        String(repeating: "Was kostet ein Päckchen? ", count: 47),
    ])
    func `tokens that are known of an ask stand for it as far as it is kept`(ask: String) {
        let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: ask)])
        let answer = Answer(to: prompt, taskClass: .factual, text: "Ein Päckchen kostet 4,19 Euro.")
        let extractor = FeatureExtractor()
        let features = extractor.features(of: prompt)
        #expect(features.isLastTurn)
        let sketches = [nil, features.tokens].map { tokens in
            AnswerSketch(of: answer, Findings(), saying: .nothing, askTokens: tokens, with: extractor)
        }
        #expect(sketches[0] == sketches[1])
    }

    @Test func `every signal at once stays within bounds`() {
        let full = Dictionary(uniqueKeysWithValues: Signal.allCases.map { ($0, 1.5) })
        let kept = sketch(near: 3, found: full, bounds: 0.02...0.1, point: 7)
        #expect(kept.encoded.count < 700)
        #expect(AnswerSketch(encoded: kept.encoded)?.signals == kept.signals)
    }

    @Test func `signals are told apart by their codes`() {
        #expect(Set(Signal.allCases.map(\.code)).count == Signal.allCases.count)
        // What was kept once is read by these for ever.
        #expect(Signal.hedges.code == 0xE2BF)
    }

    @Test func `a signal that is not known any more is left out, and the others are read`() {
        var bytes = sketch(near: 0, found: [.hedges: 2, .empty: 1]).encoded
        let code = [UInt8(truncatingIfNeeded: Signal.empty.code), UInt8(Signal.empty.code >> 8)]
        let place = stride(from: 17, to: 25, by: 4).first { Array(bytes[$0..<($0 + 2)]) == code } ?? 0
        bytes[place] ^= 0xFF
        bytes[place + 1] ^= 0x5A
        let read = AnswerSketch(encoded: bytes)
        #expect(read?.signals[.hedges] == 2)
        #expect(read?.signals[.empty] == 0)
    }

    @Test(arguments: [0, 7, 16, -1])
    func `bytes of another form are none`(place: Int) {
        var bytes = sketch(near: 0, found: [.hedges: 1], point: 9).encoded
        if place < 0 { bytes.removeLast() } else { bytes[place] = 77 }
        #expect(AnswerSketch(encoded: bytes) == nil)
    }

    @Test func `whatever bytes an import brings are read or refused`() throws {
        var generator = SplitMix64(seed: 5)
        let sound = sketch(near: 0, found: [.hedges: 1, .logLength: 4], bounds: 0.1...0.9, point: 9).encoded
        for _ in 0..<3_000 {
            var bytes = sound
            for _ in 0..<3 {
                bytes[generator.drawIndex(below: 40)] = UInt8(generator.drawIndex(below: 256))
            }
            guard let read = AnswerSketch(encoded: bytes) else { continue }
            let isSame = AnswerSketch(encoded: read.encoded) == read
            #expect(isSame)
        }
    }

    @Test func `what certain findings leave is kept`() throws {
        let right = Self.looked("42"), wrong = Self.looked("43")
        #expect(right.bounds.lowerBound > 0.9)
        #expect(wrong.bounds.upperBound < 0.1)
        #expect(try #require(AnswerSketch(encoded: wrong.encoded)).bounds.upperBound < 0.1)
    }

    @Test func `answers that come to the same have one point, running text has none`() {
        #expect(Self.looked("The answer is 42.").point == Self.looked("17 + 25 = 42, so the answer is **42**").point)
        #expect(Self.looked("The answer is 42.").point != Self.looked("The answer is 43.").point)
        let prose = "It rains in the morning. Later the sun comes out, and people walk along the river."
        #expect(Self.looked(prose, to: "Write about the weather.", .creative).point == nil)
    }

    @Test func `an answer about what was asked fits better`() {
        let question = "How do I bake a loaf of sourdough bread?"
        let good = Self.looked(
            "Mix flour, water and sourdough starter, let the dough rise, then bake it.", to: question)
        let odd = Self.looked("The treaty was signed by both governments in 1848.", to: question)
        #expect(good.fit > odd.fit + 0.2)
    }
}
