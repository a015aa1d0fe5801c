import Statistics
import Testing

/// Expected values by scipy 1.x.
@Suite struct DistributionTests {
    @Test(arguments: [
        (-8, 6.22096057427174e-16), (-1.645, 0.049984905539121376), (-0.5, 0.3085375387259869), (0, 0.5),
        (0.3, 0.6179114221889526), (2.5, 0.9937903346742238),
    ])
    func `the normal distribution function`(z: Double, expected: Double) {
        #expect(abs(NormalDistribution.cumulative(z) / expected - 1) < 1e-13)
    }

    @Test(arguments: [
        (1e-10, -6.361340902404056), (0.001, -3.090232306167813), (0.02425, -1.972961051311885),
        (0.05, -1.6448536269514729), (0.2, -0.8416212335729142), (0.5, 0), (0.8, 0.8416212335729143),
        (0.975, 1.959963984540054), (0.999999, 4.753424308817087),
    ])
    func `normal quantiles`(probability: Double, expected: Double) {
        #expect(abs(NormalDistribution.quantile(probability) - expected) < 1e-10)
    }

    @Test(arguments: [
        (0.5, 0.5, 0.1, 0.20483276469913345), (2, 3, 0.4, 0.5248), (10, 1, 0.9, 0.34867844010000004),
        (200, 300, 0.41, 0.677628164772179), (5000, 20, 0.995, 0.12905435216231642), (1, 1, 0, 0), (1, 1, 1, 1),
    ])
    func `the beta distribution function`(alpha: Double, beta: Double, x: Double, expected: Double) {
        #expect(abs(BetaDistribution(alpha: alpha, beta: beta).cumulative(x) - expected) < 1e-11)
    }

    @Test(arguments: [
        (0.5, 0.5, 0.1, 0.024471741852423214), (2, 3, 0.4, 0.3291665033784079), (10, 1, 0.05, 0.7411344491069477),
        (200, 300, 0.975, 0.44325729803373687), (1, 149, 0.95, 0.019904816220685077),
    ])
    func `beta quantiles`(alpha: Double, beta: Double, probability: Double, expected: Double) {
        #expect(abs(BetaDistribution(alpha: alpha, beta: beta).quantile(probability) - expected) < 1e-11)
    }

    @Test(arguments: [
        (0, 20, 0.0, 0.16112515805281935, 0.0, 0.16843347098308548),
        (3, 20, 0.05236874589621662, 0.3604188647407569, 0.03207093718554477, 0.37892682654529564),
        (20, 20, 0.8388748419471808, 1.0, 0.8315665290169145, 1.0),
        (81, 263, 0.2552885198782742, 0.36620957698280004, 0.25273674558504267, 0.36762192260134746),
    ])
    func `intervals of a share`(
        successes: Int, trials: Int, wilsonLow: Double, wilsonHigh: Double, exactLow: Double, exactHigh: Double
    ) {
        let share = Proportion(successes: successes, trials: trials)
        let (wilson, exact) = (share.wilson(), share.clopperPearson())
        #expect(abs(wilson.lower - wilsonLow) < 1e-10 && abs(wilson.upper - wilsonHigh) < 1e-10)
        #expect(abs(exact.lower - exactLow) < 1e-10 && abs(exact.upper - exactHigh) < 1e-10)
        #expect(exact.contains(share.share) && wilson.contains(share.share))
    }
}
