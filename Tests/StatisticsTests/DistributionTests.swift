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
        (0, 20, 0.0, 0.16112515805281935), (3, 20, 0.05236874589621662, 0.3604188647407569),
        (20, 20, 0.8388748419471808, 1.0), (81, 263, 0.2552885198782742, 0.36620957698280004),
    ])
    func `intervals of a share`(successes: Int, trials: Int, low: Double, high: Double) {
        let share = Proportion(successes: successes, trials: trials)
        let wilson = share.wilson()
        #expect(abs(wilson.lower - low) < 1e-10 && abs(wilson.upper - high) < 1e-10)
        #expect(wilson.contains(share.share))
    }
}
