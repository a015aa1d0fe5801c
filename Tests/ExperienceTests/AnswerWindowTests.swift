import Experience
import Prediction
import Testing

struct AnswerWindowTests {
    private static func fill(_ window: inout AnswerWindow, _ answers: [Told]) {
        for (number, answer) in answers.enumerated() {
            window.add(
                id: "\(number)", model: "m", score: answer.score, weight: answer.weight, group: answer.group,
                features: answer.prompt.encoded, sketch: answer.sketch.encoded)
        }
    }

    private static func learned(_ window: AnswerWindow) throws -> AnswerKnowledge? {
        try window.learn(with: predictor(told(120)), expected: ["3": 0.25])
    }

    @Test func `the same answers in the same order teach the same bits`() throws {
        var (one, other) = (AnswerWindow(), AnswerWindow())
        Self.fill(&one, told(150))
        Self.fill(&other, told(150))
        let bytes = try #require(try Self.learned(one)).encoded
        #expect(try Self.learned(other)?.encoded == bytes)
        Self.fill(&other, told(1))
        #expect(try Self.learned(other)?.encoded != bytes)
    }

    @Test func `what is old is forgotten`() throws {
        var (short, last) = (AnswerWindow(limit: 100), AnswerWindow())
        let answers = told(150)
        Self.fill(&short, answers + answers.suffix(40))
        #expect(try #require(try Self.learned(short)).count <= 110)
        Self.fill(&last, answers)
        #expect(try Self.learned(last)?.count == 150)
    }

    @Test func `what another release kept in another form is left out`() throws {
        var window = AnswerWindow()
        Self.fill(&window, told(70))
        let answer = told(1)[0]
        window.add(
            id: "x", model: "m", score: 0, weight: 1, group: 1, features: answer.prompt.encoded, sketch: [9, 9])
        window.add(
            id: "z", model: "m", score: 0, weight: 1, group: 1, features: answer.prompt.encoded,
            sketch: [UInt8](repeating: 1, count: 1 << 20))
        window.add(id: "y", model: "m", score: 0, weight: 1, group: 1, features: [], sketch: answer.sketch.encoded)
        #expect(try Self.learned(window)?.count == 70)
        #expect(try Self.learned(AnswerWindow()) == nil)
    }
}
