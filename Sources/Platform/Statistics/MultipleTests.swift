/// Several tests that are to hold together.
package enum MultipleTests {
    /// P-values corrected by Holm's step-down method (1979), in the order they came.
    ///
    /// Rejecting those of at most α keeps the chance of any false rejection under α, however the tests depend.
    package static func holm(_ pValues: [Double]) -> [Double] {
        var corrected = pValues
        var largest = 0.0
        for (rank, place) in pValues.indices.sorted(by: { (pValues[$0], $0) < (pValues[$1], $1) }).enumerated() {
            largest = max(largest, min(1, Double(pValues.count - rank) * pValues[place]))
            corrected[place] = largest
        }
        return corrected
    }

    /// The confidence of each of several looks that hold together at `confidence` (Bonferroni; even, as Pocock 1977).
    package static func confidence(_ confidence: Double = 0.95, perLookOf looks: Int) -> Double {
        precondition(looks > 0, "there is at least one look")
        return 1 - (1 - confidence) / Double(looks)
    }
}
