import Certification
import Statistics
import Testing

@Suite struct PromiseTrialTests {
    /// Two models; the cheap one is wrong on a share of prompts that the baseline gets right, and nobody can tell which.
    private static func table(loss: Double) -> RoutingTable {
        var table = RoutingTable(models: ["cheap", "baseline"], baseline: 1)
        for number in 0..<1000 {
            table.append(
                RoutingTable.Prompt(
                    scores: [Double(number) < loss * 1000 ? 0 : 1, 1], costs: [0.001, 0.01], probabilities: [0.9, 1],
                    leads: [-0.01, 0], expectedCosts: [0.001, 0.01], length: 5))
        }
        return table
    }

    @Test func `a bound that no policy holds is promised in few draws`() {
        let trial = PromiseTrial(
            Self.table(loss: 0.021).outcomes, certifier: Certifier(margin: 0.02), pairs: 1000, draws: 400, seed: 3)
        #expect(trial.broken > 0)
        #expect(trial.brokenShare.wilson().lower <= 0.05)
        #expect(trial.oracleSaving < 0.01)
    }

    @Test func `a bound that is easily held saves what can be saved`() {
        let trial = PromiseTrial(
            Self.table(loss: 0.001).outcomes, certifier: Certifier(margin: 0.02), pairs: 1000, draws: 50, seed: 3)
        #expect(trial.broken == 0)
        #expect(trial.issued == 50)
        #expect(abs(trial.saving - 0.9) < 1e-9)
        #expect(abs(trial.oracleSaving - 0.9) < 1e-9)
    }
}
