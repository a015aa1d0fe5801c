import Features
import Prediction
import Testing

@Suite struct OutcomeWindowTests {
    private static func fill(_ window: inout OutcomeWindow, _ count: Int) {
        for observation in observations(count) {
            for (model, score) in zip(["a", "b"], observation.scores) {
                guard let score else { continue }
                window.add(model: model, score: score, features: observation.prompt.encoded, group: observation.group)
            }
        }
    }

    @Test func `features come back nearly as they were, and then for good`() throws {
        let prompt = observations(1)[0].prompt
        let read = try #require(PromptVector(encoded: prompt.encoded))
        #expect(read.taskClass == prompt.taskClass)
        for (left, right) in zip(read.surface, prompt.surface) { #expect(abs(left - right) <= abs(right) / 128) }
        for (left, right) in zip(read.embedding, prompt.embedding) { #expect(abs(left - right) < 0.005) }
        #expect(read.encoded == prompt.encoded)
    }

    @Test(arguments: [0, 1, 2, 50, -1])
    func `features of another form are none`(at place: Int) {
        var bytes = observations(1)[0].prompt.encoded
        if place < 0 { bytes.removeLast() } else if place == 50 { bytes.append(0) } else { bytes[place] = 200 }
        #expect(PromptVector(encoded: bytes) == nil)
    }

    @Test func `the same outcomes in the same order teach the same bits`() throws {
        var (one, other) = (OutcomeWindow(), OutcomeWindow())
        Self.fill(&one, 200)
        Self.fill(&other, 200)
        let predictor = try #require(one.predictor())
        #expect(PredictorFile.encode(predictor) == PredictorFile.encode(try #require(other.predictor())))
        #expect(predictor.models.map(\.name) == ["a", "b"])
        #expect(predictor.gains.count == 1)
    }

    @Test func `a model with few outcomes is not known`() throws {
        var window = OutcomeWindow()
        Self.fill(&window, 100)
        let prompt = observations(1)[0].prompt
        for number in 0..<10 {
            window.add(model: "rare", score: 1, features: prompt.encoded, group: UInt64(900 + number))
        }
        #expect(try #require(window.predictor()).models.map(\.name) == ["a", "b"])
    }

    @Test func `learning is due at the same counts for everyone, and not too often`() {
        var window = OutcomeWindow()
        var due: [Int] = []
        let features = observations(1)[0].prompt.encoded
        for number in 1...6000 {
            window.add(model: "a", score: 1, features: features, group: UInt64(number))
            if window.isDue { due.append(window.count) }
        }
        #expect(due.first == 64)
        #expect(zip(due, due.dropFirst()).allSatisfy { $1 - $0 >= 8 && $1 - $0 <= 512 })
        #expect(due.count < 120)
    }

    @Test func `what is old is forgotten`() throws {
        var window = OutcomeWindow()
        let features = observations(1)[0].prompt.encoded
        for number in 0..<(OutcomeWindow.limit + OutcomeWindow.limit / 5) {
            let isOld = number < OutcomeWindow.limit / 10
            window.add(
                model: isOld ? "old" : "new", score: Double(number % 2), features: features, group: UInt64(number))
        }
        #expect(try #require(window.predictor()).models.map(\.name) == ["new"])
    }
}
