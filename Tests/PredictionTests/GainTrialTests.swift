import Prediction
import Testing

@Suite struct GainTrialTests {
    @Test(
        arguments: [
            ([3, 2, 1, 0], 1), ([0, 1, 2, 3], 0), ([1, 1, 1, 1], 0.5), ([3, 1, 1, 0], 1), ([3, 0, 1, 2], 2.0 / 3),
        ] as [([Double], Double)])
    func `a ranking is judged between perfectly wrong and perfect`(_ ranking: [Double], _ area: Double) {
        #expect(abs(GainTrial.area(ranking: ranking, gains: [1, 0, 0, -1]) - area) < 1e-12)
    }

    @Test func `where nothing can be gained every ranking is as good`() {
        #expect(GainTrial.area(ranking: [1, 2, 3], gains: [0, 0, 0]) == 0.5)
    }
}
