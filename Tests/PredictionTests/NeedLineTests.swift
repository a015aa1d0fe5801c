import Prediction
import Testing

struct NeedLineTests {
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
    }

    // How the need rises with either probability, and how much either has to say.
    @Test(
        arguments: [
            (of: (0.4, 0.2), said: (0.4, 0.2)),
            // The stronger one is right where it is not needed: it has no say, rather than one that turns the ranking round.
            (of: (0.4, -0.2), said: (0.4, 0)), (of: (-0.3, 0.2), said: (0, 0.2)), (of: (-0.3, -0.1), said: (0, 0)),
            (of: (0, 0), said: (0, 0)),
        ] as [(of: (Double, Double), said: (Double, Double))])
    func `neither probability counts less than nothing`(of slopes: (Double, Double), said: (Double, Double)) {
        let failures = [0.1, 0.5, 0.9, 0.5]
        let successes = [0.5, 0.9, 0.5, 0.1]
        let needs = zip(failures, successes).map { 0.3 + slopes.0 * $0 + slopes.1 * $1 }
        let line = NeedLine(failures: failures, successes: successes, needs: needs, weights: [1, 1, 1, 1])
        #expect(abs(line.ofFailure - said.0) < 0.001 && abs(line.ofSuccess - said.1) < 0.001)
    }

    @Test func `what does not vary has no say`() {
        let line = NeedLine(
            failures: [0.3, 0.3, 0.3, 0.3], successes: [0.5, 0.9, 0.5, 0.1], needs: [0.1, 0.18, 0.1, 0.02],
            weights: [1, 1, 1, 1])
        #expect(line.ofFailure == 0 && abs(line.ofSuccess - 0.2) < 0.001)
    }
}
