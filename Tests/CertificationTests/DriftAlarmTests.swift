import Certification
import Statistics
import Testing

@Suite struct DriftAlarmTests {
    /// How many of 100 streams have gone off after so many exchanges, the share changing after 1,000.
    private static func gone(from before: Double, to after: Double, exchanges: Int) -> Int {
        (0..<100).count { run in
            var generator = Xoshiro256(seed: UInt64(run))
            var alarm = DriftAlarm()
            for number in 0..<exchanges { alarm.add(generator.drawUnit() < (number < 1000 ? before : after)) }
            return alarm.hasGoneOff
        }
    }

    @Test(arguments: [(0.1, 0.3), (0.3, 0.1), (0.02, 0.15), (0.5, 0.8)])
    func `a share that moves is noticed within a few hundred exchanges`(before: Double, after: Double) {
        #expect(Self.gone(from: before, to: after, exchanges: 1500) >= 95)
    }

    @Test(arguments: [0.01, 0.1, 0.3, 0.7])
    func `a share that stays raises no alarm`(share: Double) {
        #expect(Self.gone(from: share, to: share, exchanges: 5000) <= 2)
    }

    @Test(arguments: [false, true])
    func `what never or always happens raises no alarm, however long it stays so`(isHit: Bool) {
        var alarm = DriftAlarm()
        for _ in 0..<20_000 { alarm.add(isHit) }
        #expect(!alarm.hasGoneOff)
    }
}
