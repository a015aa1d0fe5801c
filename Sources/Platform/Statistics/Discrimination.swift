/// How well scores tell successes from failures, whatever their scale.
package enum Discrimination {
    /// The area under the ROC curve: the chance that a success scores above a failure, ties counting half
    /// (Mann and Whitney 1947; Hanley and McNeil 1982).
    ///
    /// Outcomes lie between 0 and 1. A graded outcome y counts as y of a success and 1 − y of a failure, never compared
    /// with itself; for outcomes of 0 and 1 this is the usual area. Nil without a success or without a failure.
    package static func areaUnderCurve(scores: [Double], outcomes: [Double]) -> Double? {
        precondition(scores.count == outcomes.count, "each score needs an outcome")
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var concordant = 0.0
        var comparisons = 0.0
        var failuresBelow = 0.0
        var start = 0
        while start < order.count {
            var (end, successes, failures, own) = (start, 0.0, 0.0, 0.0)
            while end < order.count, scores[order[end]] == scores[order[start]] || end == start {
                let outcome = outcomes[order[end]]
                successes += outcome
                failures += 1 - outcome
                own += outcome * (1 - outcome)
                end += 1
            }
            concordant += successes * failuresBelow + (successes * failures - own) / 2
            comparisons -= own
            failuresBelow += failures
            start = end
        }
        let successes = outcomes.reduce(0, +)
        comparisons += successes * failuresBelow
        return comparisons > 0 ? concordant / comparisons : nil
    }
}
