import Certification
import Statistics
import Testing

/// Losses of which a share is harms and a share gains.
private struct Stream {
    var generator: Xoshiro256
    let harms: Double
    let gains: Double

    mutating func next() -> Double {
        let drawn = generator.drawUnit()
        return drawn < harms ? 1 : drawn < harms + gains ? -1 : 0
    }
}

@Suite struct SequentialTestTests {
    /// How many of 400 streams refute the hypothesis at some time within so many pairs, looked at after each.
    private static func refuted(
        _ hypothesis: SequentialTest.Hypothesis, harms: Double, gains: Double, pairs: Int
    ) -> Int {
        (0..<400).count { run in
            var stream = Stream(generator: Xoshiro256(seed: UInt64(run)), harms: harms, gains: gains)
            var test = SequentialTest(hypothesis, bound: 0.02)
            for _ in 0..<pairs {
                test.add(loss: stream.next())
                if test.isRefuted(confidence: 0.95) { return true }
            }
            return false
        }
    }

    /// Many looks at a hypothesis that is just true: the level holds over all of them together.
    @Test(
        arguments: [
            (.lossAtLeast, 0.02, 0), (.lossAtLeast, 0.07, 0.05), (.lossAtLeast, 0.21, 0.19), (.lossAtMost, 0.02, 0),
            (.lossAtMost, 0.07, 0.05),
        ] as [(SequentialTest.Hypothesis, Double, Double)])
    func `what is true is refuted in one stream of twenty at most`(
        _ hypothesis: SequentialTest.Hypothesis, _ harms: Double, _ gains: Double
    ) {
        let refuted = Self.refuted(hypothesis, harms: harms, gains: gains, pairs: 2000)
        #expect(Proportion(successes: refuted, trials: 400).wilson().lower <= 0.05)
    }

    @Test(
        arguments: [
            (.lossAtLeast, 0.05, 0.06, 2000, 360), (.lossAtLeast, 0.005, 0.005, 1000, 360),
            (.lossAtMost, 0.1, 0, 500, 390),
        ] as [(SequentialTest.Hypothesis, Double, Double, Int, Int)])
    func `what is false is refuted in most`(
        _ hypothesis: SequentialTest.Hypothesis, _ harms: Double, _ gains: Double, _ pairs: Int, _ least: Int
    ) {
        #expect(Self.refuted(hypothesis, harms: harms, gains: gains, pairs: pairs) >= least)
    }

    @Test func `the order of losses is no matter`() {
        var (one, other) = (SequentialTest(.lossAtLeast, bound: 0.05), SequentialTest(.lossAtLeast, bound: 0.05))
        let losses = [0, 0, 1, -1, 0.5, 0, -0.25]
        for loss in losses { one.add(loss: loss) }
        for loss in losses.reversed() { other.add(loss: loss) }
        #expect(abs(one.evidence / other.evidence - 1) < 1e-12)
        #expect(one.count == 7)
    }

    @Test(arguments: [(0.02, 180, 240), (0.05, 70, 100)])
    func `without a difference a few hundred pairs are enough`(bound: Double, least: Int, most: Int) {
        var test = SequentialTest(.lossAtLeast, bound: bound)
        while !test.isRefuted(confidence: 0.95) { test.add(loss: 0) }
        #expect((least...most).contains(test.count))
    }
}

@Suite struct LossAlarmTests {
    /// The pair at which an alarm goes off in a stream that turns bad after a thousand pairs; nil if it does not.
    private static func pair(run: Int, before: (Double, Double), after: (Double, Double), pairs: Int) -> Int? {
        var good = Stream(generator: Xoshiro256(seed: UInt64(run)), harms: before.0, gains: before.1)
        var bad = Stream(generator: Xoshiro256(seed: UInt64(run + 1000)), harms: after.0, gains: after.1)
        var alarm = LossAlarm(bound: 0.02)
        for pair in 0..<pairs {
            alarm.add(loss: pair < 1000 ? good.next() : bad.next())
            if alarm.hasGoneOff { return pair }
        }
        return nil
    }

    @Test func `a good past does not hide a bad present`() {
        let pairs = (0..<100).map { Self.pair(run: $0, before: (0.03, 0.03), after: (0.3, 0.05), pairs: 1200) }
        #expect(pairs.count { $0.map { $0 > 1000 } ?? false } >= 95)
    }

    @Test func `at the bound false alarms are a thousand pairs apart at least`() {
        let early = (0..<200).count {
            Self.pair(run: $0, before: (0.05, 0.03), after: (0.05, 0.03), pairs: 1000) != nil
        }
        // Of exponential times with a mean of a thousand, 63 % are shorter.
        #expect(early < 126)
    }
}
