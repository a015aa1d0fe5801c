import Statistics
import Testing

@Suite struct CalibrationTests {
    /// By scikit-learn's IsotonicRegression.
    @Test func `pooling gives the weighted isotonic regression`() throws {
        let scores = [1.0, 2, 3, 4, 5, 6, 7, 8]
        let outcomes = [0.0, 1, 0, 0, 1, 1, 0, 1]
        let map = try #require(
            IsotonicCalibration(scores: scores, outcomes: outcomes, weights: [1, 2, 1, 1, 3, 1, 1, 2]))
        let margin = 1.0 / 14
        let expected = [margin, 0.5, 0.5, 0.5, 0.8, 0.8, 0.8, 1 - margin]
        for (score, value) in zip(scores, expected) { #expect(abs(map.probability(of: score) - value) < 1e-14) }
        #expect(abs(map.probability(of: 4.5) - 0.65) < 1e-14)
        #expect(map.probability(of: -9) == margin && map.probability(of: 99) == 1 - margin)
        #expect(map.weight == 12)
        let kept = IsotonicCalibration(scores: map.scores, probabilities: map.probabilities, weight: map.weight)
        #expect(kept == map)
    }

    @Test func `equal scores share a probability, and order does not matter`() throws {
        let map = try #require(IsotonicCalibration(scores: [1, 2, 2, 1], outcomes: [0, 1, 0.5, 0.5]))
        #expect(map.probability(of: 1) == 0.25 && map.probability(of: 2) == 0.75)
        #expect(map.scores == [1, 2])
    }

    @Test func `nothing to fit, or knots that descend, are refused`() {
        #expect(IsotonicCalibration(scores: [], outcomes: []) == nil)
        #expect(IsotonicCalibration(scores: [1], outcomes: [1], weights: [0]) == nil)
        #expect(IsotonicCalibration(scores: [2, 1], probabilities: [0, 1], weight: 2) == nil)
        #expect(IsotonicCalibration(scores: [1, 2], probabilities: [1, 0], weight: 2) == nil)
        #expect(PlattCalibration(scores: [.nan], outcomes: [1]) == nil)
    }

    /// By scipy's BFGS on the smoothed cross-entropy; the signs are those of Lin, Lin and Weng, turned.
    @Test(arguments: [
        ([0.0, 0, 0, 1, 0, 1, 0, 1, 1, 1], 0.91323834, -0.0266131),
        ([0, 0.1, 0.2, 0.6, 0.4, 0.5, 0.7, 0.9, 0.8, 1], 0.84569958, 0.06798751),
    ])
    func `the logistic map is the smoothed maximum of likelihood`(
        outcomes: [Double], slope: Double, intercept: Double
    ) throws {
        let scores = [-2, -1.5, -1, -0.5, 0, 0.2, 0.6, 1, 1.4, 2]
        let map = try #require(PlattCalibration(scores: scores, outcomes: outcomes))
        #expect(abs(map.slope - slope) < 1e-6 && abs(map.intercept - intercept) < 1e-6)
        let margin = 1.0 / 12
        #expect(map.probability(of: 99) == 1 - margin && map.probability(of: -99) == margin)
        let doubled = try #require(
            PlattCalibration(scores: scores + scores, outcomes: outcomes + outcomes))
        let weighted = try #require(
            PlattCalibration(scores: scores, outcomes: outcomes, weights: [Double](repeating: 2, count: 10)))
        #expect(abs(doubled.slope - weighted.slope) < 1e-6)
    }

    @Test func `one outcome, equal scores and huge scores stay finite`() throws {
        for (scores, outcomes) in [([3.0], [1.0]), ([2, 2, 2], [0, 1, 1]), ([-1e6, 1e6], [0, 1])] {
            let map = try #require(PlattCalibration(scores: scores, outcomes: outcomes))
            #expect(map.slope.isFinite && map.intercept.isFinite)
            let probability = map.probability(of: scores[0])
            #expect(probability > 0 && probability < 1)
        }
        let equal = try #require(PlattCalibration(scores: [2, 2, 2], outcomes: [0, 1, 1]))
        // The mean of the smoothed targets 3/4, 3/4 and 1/3.
        #expect(abs(equal.probability(of: 2) - 11.0 / 18) < 1e-6)
    }
}
