import Statistics
import Testing

@Suite struct CalibrationTests {
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
