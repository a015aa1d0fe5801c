import Prediction
import Testing

@Suite struct NeedMixtureTests {
    /// A predictor of a cheap model that fails at hard prompts, and of a strong one that fails at every second of them.
    @Test func `a prompt that both models fail needs the stronger one less`() throws {
        var seen = observations(600)
        for index in seen.indices {
            let isHard = index % 3 == 0
            let isBeyondBoth = isHard && index % 2 == 0
            seen[index].scores = [isHard ? 0 : 1, isBeyondBoth ? 0 : 1]
        }
        let predictor = try SuccessTrainer.train(seen, models: ["cheap", "strong"])
        let needs = [6, 3, 1].map { predictor.need(seen[$0].prompt, cheap: "cheap", strong: "strong") ?? 0 }
        #expect(needs[1] > needs[0] && needs[1] > needs[2])
        #expect(predictor.gains[0].mixture.weights.allSatisfy { $0 >= 0 })
    }
}
