import Statistics
import Testing

@Suite struct PairedTests {
    /// The first is the example of Tango (1998), 44 patients, z = 1.709; the others maximise the restricted likelihood
    /// by scipy's bounded search instead of the closed form.
    @Test(arguments: [
        (44, 1, 0, 0.1, -1.7085642859378696), (100, 4, 2, 0.1, -2.3857913397599524),
        (500, 10, 8, 0.02, -1.7301485027885515), (1000, 30, 45, 0.03, -4.795227118213416),
        (149, 0, 0, 0.02, -1.7437936593768215), (200, 20, 3, 0.03, 2.4705918591694607),
    ])
    func `Tango's z`(pairs: Int, harms: Int, gains: Int, margin: Double, expected: Double) {
        let tally = PairedTally(pairs: pairs, harms: harms, gains: gains)
        #expect(abs(tally.z(margin: margin) - expected) < 1e-7)
    }

    @Test(arguments: [(0.02, 149), (0.03, 99), (0.05, 59)])
    func `without discordant pairs a minimum is needed`(margin: Double, minimum: Int) {
        #expect(PairedTally.minimumPairs(margin: margin) == minimum)
        #expect(PairedTally(pairs: minimum, harms: 0, gains: 0).rejectsLoss(atLeast: margin))
        #expect(!PairedTally(pairs: minimum - 1, harms: 0, gains: 0).rejectsLoss(atLeast: margin))
        #expect(PairedTally(pairs: 0, harms: 0, gains: 0).pValue(lossAtLeast: margin) == 1)
    }

    @Test func `a loss is shown from either side, or from none`() {
        let equal = PairedTally(pairs: 1_000, harms: 20, gains: 22)
        #expect(equal.rejectsLoss(atLeast: 0.03) && !equal.rejectsLoss(atMost: 0.03))
        let worse = PairedTally(pairs: 200, harms: 30, gains: 3)
        #expect(!worse.rejectsLoss(atLeast: 0.03) && worse.rejectsLoss(atMost: 0.03))
        let open = PairedTally(pairs: 100, harms: 4, gains: 2)
        #expect(!open.rejectsLoss(atLeast: 0.03) && !open.rejectsLoss(atMost: 0.03))
        #expect(!PairedTally(pairs: 3, harms: 3, gains: 0).rejectsLoss(atMost: 0.03))
    }

    @Test func `pairs needed follow the formula, and there may be none`() {
        // 6.1826 · 0.06 / (0.03 − 0.01)² = 927.4
        #expect(PairedTally(pairs: 200, harms: 7, gains: 5).pairsNeeded(margin: 0.03) == 928)
        #expect(PairedTally(pairs: 50, harms: 0, gains: 0).pairsNeeded(margin: 0.02) == 149)
        #expect(PairedTally(pairs: 100, harms: 3, gains: 0).pairsNeeded(margin: 0.03) == nil)
    }

    /// The chance of rejecting at the boundary, where the loss is exactly the margin.
    @Test(arguments: [(300, 0.03, 0.05), (200, 0.02, 0.1), (149, 0.02, 0.0), (600, 0.03, 0.02)])
    func `at the margin a false promise is made in at most one sample of twenty`(
        pairs: Int, margin: Double, gain: Double
    ) {
        var generator = Xoshiro256(seed: 11)
        let samples = 3_000
        var rejected = 0
        for _ in 0..<samples {
            var (harms, gains) = (0, 0)
            for _ in 0..<pairs {
                let draw = generator.drawUnit()
                if draw < gain { gains += 1 } else if draw < 2 * gain + margin { harms += 1 }
            }
            if PairedTally(pairs: pairs, harms: harms, gains: gains).rejectsLoss(atLeast: margin) { rejected += 1 }
        }
        let share = Double(rejected) / Double(samples)
        // Three standard errors of a share of 5 % above it; well above nothing, so that the test is not merely timid.
        #expect(share < 0.05 + 3 * (0.05 * 0.95 / Double(samples)).squareRoot())
        #expect(share > 0.02)
    }

    @Test func `graded differences have a normal bound`() {
        var differences = PairedDifferences()
        #expect(differences.upperBound() == .infinity)
        for place in 0..<200 {
            differences.add(baseline: place % 2 == 0 ? 0.5 : 0.7, candidate: place % 4 < 2 ? 0.5 : 0.7)
        }
        // Losses of 0, 0.2, −0.2, 0 in turn: variance 0.02 · 200 / 199.
        #expect(abs(differences.meanLoss) < 1e-15)
        #expect(abs(differences.upperBound() - 1.6448536 * (0.02 / 199).squareRoot()) < 1e-8)
        #expect(differences.rejectsLoss(atLeast: 0.02) && !differences.rejectsLoss(atLeast: 0.01))
        var few = PairedDifferences()
        for _ in 0..<58 { few.add(baseline: 1, candidate: 1) }
        #expect(!few.rejectsLoss(atLeast: 0.05))
        few.add(baseline: 1, candidate: 1)
        #expect(few.rejectsLoss(atLeast: 0.05))
    }
}
