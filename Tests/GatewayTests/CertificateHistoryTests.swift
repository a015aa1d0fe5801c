import Dialogue
import Gateway
import Ledger
import Statistics
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

    private static func undecided(_ number: Int) -> PairRecord {
        var pair = pair(number, [.agree, .undecided, .undecided])
        pair.verdict = .undecided
        pair.isOwn = [false, true, false]
        return pair
    }

    @Test func `a verdict on an undecided pair counts in its place, and for the delivered answer alone`() throws {
        var history = CertificateHistory()
        for number in 0..<200 {
            _ = history.add(number % 4 == 0 ? Self.undecided(number) : Self.pair(number, [.agree, .agree, .agree]))
        }
        #expect(history.standings["v1"]?.certified == 1)
        var kinds: [CertificateHistory.Event.Kind] = []
        for number in stride(from: 0, to: 200, by: 4) {
            kinds += history.add(Self.undecided(number).reviewed(isRight: true, at: 9)).map(\.kind)
        }
        #expect(kinds == [.reinstated(to: 2), .loosened(to: 2)])
        let standing = try #require(history.standings["v1"])
        #expect((standing.certified, standing.pairs, standing.loss, standing.undecided) == (2, 200, 0, 0))
        // The same again changes nothing, nor does one of a pair that is not there.
        #expect(history.add(Self.undecided(0).reviewed(isRight: true, at: 10)).isEmpty)
        #expect(history.add(Self.undecided(205).reviewed(isRight: true, at: 11)).isEmpty)
        #expect(history.standings["v1"]?.pairs == 200)
    }

    @Test func `an answer that a reviewer finds wrong stays a harm`() throws {
        var history = CertificateHistory()
        for number in 0..<40 { _ = history.add(Self.undecided(number)) }
        let before = try #require(history.standings["v1"])
        for number in 0..<40 { #expect(history.add(Self.undecided(number).reviewed(isRight: false, at: 9)).isEmpty) }
        let after = try #require(history.standings["v1"])
        #expect((after.certified, after.loss, after.pairs) == (before.certified, before.loss, before.pairs))
    }

    @Test func `whichever verdicts come, and whenever, the promise is kept`() {
        // Five in a hundred lose, as the bound has it, and nobody can tell without a review; half of them are reviewed, at once.
        var broken = 0
        for seed in 1...200 {
            var generator = Xoshiro256(seed: UInt64(seed))
            var history = CertificateHistory()
            for number in 0..<400 {
                let (differs, loses) = (generator.drawUnit() < 0.10, generator.drawUnit() < 0.505)
                guard differs else { _ = history.add(Self.pair(number, [.agree])); continue }
                var pair = Self.pair(number, [.undecided])
                pair.isOwn = [true]
                pair.verdict = .undecided
                _ = history.add(pair)
                if generator.drawUnit() < 0.5 { _ = history.add(pair.reviewed(isRight: !loses, at: 9)) }
            }
            if history.standings["v1"]?.certified == 1 { broken += 1 }
        }
        #expect(broken <= 10)
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
