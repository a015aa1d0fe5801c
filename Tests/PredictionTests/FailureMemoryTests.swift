import Features
import Prediction
import Testing

@Suite struct FailureMemoryTests {
    private static func window(_ count: Int = 300) -> OutcomeWindow {
        var window = OutcomeWindow()
        for (number, observation) in observations(count).enumerated() {
            window.add(
                model: "a", score: observation.scores[0] ?? 0, features: observation.prompt.encoded,
                group: observation.group, id: "outcome-\(number)")
        }
        return window
    }

    @Test func `a prompt looks like the failures that lie near it`() throws {
        let memory = try #require(Self.window().memory)
        let seen = observations(3)
        let (hard, easy) = (
            try #require(memory.resemblance(of: seen[0].prompt, model: "a")),
            try #require(memory.resemblance(of: seen[2].prompt, model: "a"))
        )
        #expect(hard.failures.count >= 7 && easy.failures.count <= 3)
        #expect(hard.failures.allSatisfy { $0.id.hasPrefix("outcome-") && $0.similarity > 0.9 && $0.similarity < 1.01 })
        let similarities = hard.failures.map(\.similarity)
        #expect(similarities == similarities.sorted(by: >))
    }

    @Test func `of a model with few answers nothing is said`() throws {
        let memory = try #require(Self.window().memory)
        #expect(memory.resemblance(of: observations(1)[0].prompt, model: "b") == nil)
        #expect(OutcomeWindow().memory == nil)
    }
}
