import Certification
import Testing

@Suite struct LiveCertificateTests {
    /// Takes in the same losses again and again; what they changed, with the number of the pair.
    private func feed(_ certificate: inout LiveCertificate, _ losses: [Double?], times: Int) -> [LiveCertificate.Change]
    {
        (0..<times).flatMap { _ in certificate.add(losses) }
    }

    @Test func `a policy is certified only after those before it`() {
        var certificate = LiveCertificate(policies: 3, bound: 0.05)
        var odd = false
        for _ in 0..<200 {
            odd.toggle()
            _ = certificate.add([0, odd ? 1 : -1, 0])
        }
        #expect(certificate.rungs.map(\.isShown) == [true, false, true])
        #expect(certificate.certified == 1)
    }

    @Test func `a policy that breaks its promise is given up with all that are cheaper`() {
        var certificate = LiveCertificate(policies: 3, bound: 0.05)
        #expect(feed(&certificate, [0, 0, 0], times: 200) == [.loosened(to: 3)])
        #expect(feed(&certificate, [0, 1, 0], times: 20) == [.failed(1)])
        #expect(certificate.certified == 1)
        #expect(certificate.hasFailed)
        #expect(feed(&certificate, [0, 0, 0], times: 1000).isEmpty)
        #expect(certificate.ceiling == 1)
    }

    @Test func `what cannot be told counts as a harm`() {
        var certificate = LiveCertificate(policies: 1, bound: 0.05)
        #expect(feed(&certificate, [nil], times: 20) == [.ruledOut(0)])
        #expect(!certificate.hasFailed)
        #expect(certificate.rungs[0].undecided > 0)
        #expect(certificate.rungs[0].totalLoss == Double(certificate.rungs[0].undecided))
    }

    @Test func `live runs keep the promise where a policy just breaks it`() {
        var table = RoutingTable(models: ["cheap", "baseline"], baseline: 1)
        for number in 0..<1000 {
            table.append(
                RoutingTable.Prompt(
                    scores: [number < 51 ? 0 : 1, 1], costs: [0.001, 0.01], probabilities: [0.9, 1], leads: [-0.01, 0],
                    expectedCosts: [0.001, 0.01], length: 5))
        }
        let trial = LiveTrial(table.outcomes, bound: 0.05, confidence: 0.95, pairs: 1000, runs: 200, seed: 4)
        #expect(trial.broken > 0)
        #expect(trial.brokenShare.wilson().lower <= 0.05)
        #expect(trial.oracleSaving == 0)
    }
}
