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
        let predictor = try #require(try one.predictor())
        #expect(PredictorFile.encode(predictor) == PredictorFile.encode(try #require(try other.predictor())))
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
        let predictor = try #require(try window.predictor())
        #expect(predictor.models.map(\.name) == ["a", "b"])
        #expect(predictor.glimpses.keys.sorted() == ["rare"])
        #expect(abs((predictor.glimpses["rare"]?.weight ?? 0) - 10) < 0.1)
        let read = try PredictorFile.decode(PredictorFile.encode(predictor))
        #expect(read.glimpses == predictor.glimpses)
    }

    /// What is learned of a model whose every prompt was judged twice.
    private static func learned(first: (Double, weight: Double), then: (Double, weight: Double)) throws -> Double {
        var window = OutcomeWindow()
        for (number, observation) in observations(100).enumerated() {
            for (score, weight) in [first, then] {
                window.add(
                    model: "a", score: score, weight: weight, features: observation.prompt.encoded,
                    group: UInt64(number))
            }
        }
        return try #require(try window.predictor()).probabilities(observations(1)[0].prompt)[0]
    }

    @Test func `evidence counts by its weight`() throws {
        #expect(try Self.learned(first: (0, 1), then: (1, 0.3)) < 0.35)
        #expect(try Self.learned(first: (0, 0.3), then: (1, 1)) > 0.65)
    }

    @Test func `an outcome counts half after each half-life`() throws {
        let learned = { (halfLife: Double) in
            var window = OutcomeWindow(halfLife: halfLife)
            for number in 0..<400 {
                let prompt = observations(7)[number % 7].prompt
                window.add(model: "a", score: number < 300 ? 0 : 1, features: prompt.encoded, group: UInt64(number))
            }
            return try #require(try window.predictor()).models[0].table.overallRate
        }
        #expect(abs(try learned(100) - 8 / 15.0) < 0.02)
        #expect(abs(try learned(1e9) - 0.25) < 0.01)
    }

    @Test func `query types keep their numbers while outcomes come in`() throws {
        var window = OutcomeWindow()
        Self.fill(&window, 300)
        let before = try #require(try window.predictor())
        let all = observations(900)
        for observation in all[300...] {
            window.add(model: "a", score: 1, features: observation.prompt.encoded, group: observation.group)
        }
        let after = try #require(try window.predictor())
        #expect(before.types.count > 1)
        for prompt in all[..<60].map(\.prompt) { #expect(before.type(of: prompt) == after.type(of: prompt)) }
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
        var window = OutcomeWindow(limit: 500)
        let features = observations(1)[0].prompt.encoded
        for number in 0..<600 {
            window.add(
                model: number < 50 ? "old" : "new", score: Double(number % 2), features: features, group: UInt64(number)
            )
        }
        let predictor = try #require(try window.predictor())
        #expect(predictor.models.map(\.name) == ["new"] && predictor.glimpses.isEmpty)
    }

    @Test func `what cannot be learned from is an error`() {
        var window = OutcomeWindow()
        Self.fill(&window, 100)
        for number in 0..<30 {
            window.add(
                model: "a", score: .nan, features: observations(1)[0].prompt.encoded, group: UInt64(1000 + number))
        }
        #expect(throws: TrainingError.notFinite) { try window.predictor() }
    }
}
