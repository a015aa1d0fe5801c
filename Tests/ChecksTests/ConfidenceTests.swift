import Checks
import Dialogue
import Testing

@Suite struct ConfidenceTests {
    private func tokens(_ texts: [(String, Double)]) -> [TokenProbability] {
        texts.map { TokenProbability(text: $0.0, logProbability: $0.1, runnerUp: -4) }
    }

    @Test func `only the final answer's tokens count`() {
        let found = findings(
            "Hm, the answer is 42.", tokens: tokens([("Hm, ", -3), ("the answer is ", -0.5), ("42", -0.01), (".", 0)]))
        #expect(found.verdict("confidence.tokens") == .passes)
        #expect(found.signals[.leastLogProbability] == -0.01)
        #expect(abs(found.signals[.tokenMargin] - 3.99) < 1e-9)
        let unsure = findings("The answer is 42.", tokens: tokens([("The answer is ", 0), ("42", -2), (".", 0)]))
        #expect(unsure.verdict("confidence.tokens") == .fails)
    }

    @Test func `numbers that are none are left out`() {
        let found = findings("42", tokens: tokens([("4", -.infinity), ("2", -0.5)]))
        #expect(found.signals[.meanLogProbability] == -0.5)
    }
}
