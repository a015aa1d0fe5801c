import Statistics
import Testing

/// Expected values by scikit-learn.
@Suite struct MeasureTests {
    private let scores = [0.1, 0.4, 0.4, 0.35, 0.8, 0.8, 0.7, 0.2]
    private let outcomes = [0.0, 1, 0, 0, 1, 0, 1, 1]

    @Test func `area and Brier score of right-or-wrong outcomes`() throws {
        #expect(Discrimination.areaUnderCurve(scores: scores, outcomes: outcomes) == 0.625)
        let brier = try #require(ProbabilityScores.brier(probabilities: scores, outcomes: outcomes))
        #expect(abs(brier - 0.2578125) < 1e-14)
    }

    @Test func `a graded outcome counts as a share of each pair`() throws {
        let graded = [0.2, 0.9, 0.4, 0.5, 1, 0, 0.7, 0.3]
        var (above, all) = (0.0, 0.0)
        for i in 0..<8 {
            for j in 0..<8 where i != j {
                let share = graded[i] * (1 - graded[j])
                all += share
                above += scores[i] > scores[j] ? share : scores[i] == scores[j] ? share / 2 : 0
            }
        }
        let area = try #require(Discrimination.areaUnderCurve(scores: scores, outcomes: graded))
        #expect(abs(area - above / all) < 1e-14)
    }

    @Test(
        arguments: [
            // Ten successes at 1 to 10, failures at 0.5, 1.5, 2.5 and 20: one needless doubt in ten reaches up to 2.
            (0.1, 0.5), (0, 0.25), (0.2, 0.75), (0.15, 0.5), (1, 0.75),
        ] as [(Double, Double)])
    func `a threshold catches failures at the price of needless doubts`(needless: Double, share: Double) throws {
        let scores = (1...10).map(Double.init) + [0.5, 1.5, 2.5, 20]
        let outcomes = [Double](repeating: 1, count: 10) + [0, 0, 0, 0]
        let caught = Discrimination.failuresCaught(scores: scores, outcomes: outcomes, needless: needless)
        #expect(abs(try #require(caught) - share) < 1e-12)
    }

    @Test func `ties are caught in proportion, and without either kind there is nothing to catch`() throws {
        let tied = Discrimination.failuresCaught(
            scores: [1, 1, 1, 1, 1, 1], outcomes: [1, 1, 1, 1, 0, 0], needless: 0.25)
        #expect(abs(try #require(tied) - 0.25) < 1e-12)
        #expect(Discrimination.failuresCaught(scores: [1], outcomes: [1], needless: 0.1) == nil)
        #expect(Discrimination.failuresCaught(scores: [1], outcomes: [0], needless: 0.1) == nil)
    }

    @Test func `the edges of the measures`() {
        #expect(Discrimination.areaUnderCurve(scores: [1, 1], outcomes: [0, 1]) == 0.5)
        #expect(Discrimination.areaUnderCurve(scores: [1, 2], outcomes: [1, 1]) == nil)
        #expect(Discrimination.areaUnderCurve(scores: [], outcomes: []) == nil)
        #expect(ProbabilityScores.brier(probabilities: [], outcomes: []) == nil)
    }

    @Test func `bins hold equally many, and ties stay together in any order`() {
        let probabilities = (0..<100).map { Double($0) / 100 }
        let ones = [Double](repeating: 1, count: 100)
        let even = Reliability(probabilities: probabilities, outcomes: ones, bins: 10)
        #expect(even.bins.map(\.count) == [Int](repeating: 10, count: 10))
        // 1 less the mean of 0, 0.01, ..., 0.99
        #expect(abs(even.expectedCalibrationError - 0.505) < 1e-12)
        let tied = [0.1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.8, 0.9]
        let results = [0.0, 1, 0, 1, 0, 1, 0, 1, 1, 1]
        let bins = Reliability(probabilities: tied, outcomes: results, bins: 5)
        let mirrored = Reliability(probabilities: tied.reversed(), outcomes: results.reversed(), bins: 5)
        #expect(bins.bins.map(\.count) == [8, 2] && mirrored.bins.map(\.count) == [8, 2])
        #expect(bins.bins[1].observed == 1 && abs(bins.bins[1].predicted - 0.85) < 1e-15)
        #expect(Reliability(probabilities: [], outcomes: []).expectedCalibrationError == 0)
    }
}
