import Dialogue
import Gateway
import Ledger
import Testing

@Suite struct CertificateHistoryTests {
    private static func pair(
        _ number: Int, _ path: [PairRecord.Verdict], policy: String = "v1", certifies: Bool = true
    ) -> PairRecord {
        PairRecord(
            id: "p\(number)", time: Int64(number), exchange: ExchangeID("x\(number)"), route: RouteName("auto"),
            group: 1,
            certifies: certifies, propensity: 0.02, policy: policy, bound: 0.05, model: ModelName("small"),
            baseline: ModelName("large"), verdict: .agree, probability: 0.5, baselineProbability: 0.5, path: path)
    }

    /// The kinds of events of so many equal pairs.
    private static func feed(
        _ history: inout CertificateHistory, _ path: [PairRecord.Verdict], times: Int, policy: String = "v1",
        certifies: Bool = true
    ) -> [CertificateHistory.Event.Kind] {
        (0..<times).flatMap { history.add(pair($0, path, policy: policy, certifies: certifies)).map(\.kind) }
    }

    @Test func `a certificate is earned, kept, and lost`() throws {
        var history = CertificateHistory()
        #expect(Self.feed(&history, [.agree, .agree], times: 200) == [.began, .loosened(to: 2)])
        #expect(Self.feed(&history, [.agree, .harm], times: 20) == [.failed(1)])
        let standing = try #require(history.standings["v1"])
        #expect((standing.certified, standing.policies, standing.hasFailed) == (1, 2, true))
        #expect((standing.pairs, standing.loss, standing.undecided) == (220, 0, 0))
        #expect(history.latest == [RouteName("auto"): "v1"])
    }

    @Test func `what is undecided counts as a harm, and how much of it there is is told`() throws {
        var history = CertificateHistory()
        #expect(Self.feed(&history, [.undecided], times: 30) == [.began, .ruledOut(0)])
        let standing = try #require(history.standings["v1"])
        #expect(standing.certified == 0 && !standing.hasFailed)
        #expect(standing.undecided > 0 && standing.loss == standing.undecided)
    }

    @Test func `another version inherits nothing`() {
        var history = CertificateHistory()
        _ = Self.feed(&history, [.agree], times: 200)
        #expect(Self.feed(&history, [.agree], times: 50, policy: "v2") == [.began])
        #expect(history.standings.mapValues(\.certified) == ["v1": 1, "v2": 0])
        #expect(Self.feed(&history, [.agree], times: 1) == [])
    }

    @Test func `what is learned from certifies nothing`() {
        var history = CertificateHistory()
        #expect(Self.feed(&history, [.agree], times: 500, certifies: false).isEmpty)
        #expect(history.standings.isEmpty)
    }
}
