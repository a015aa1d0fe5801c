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

    /// The share of failures below the score below which so large a share of the successes lies: what a threshold catches at the
    /// price of so many needless doubts; ties count in proportion.
    ///
    /// An outcome of a half or more is a success. Nil without a success or without a failure.
    package static func failuresCaught(scores: [Double], outcomes: [Double], needless: Double) -> Double? {
        precondition(scores.count == outcomes.count, "each score needs an outcome")
        let successes = scores.indices.filter { outcomes[$0] >= 0.5 }.map { scores[$0] }.sorted()
        let failures = scores.indices.filter { outcomes[$0] < 0.5 }.map { scores[$0] }
        guard !successes.isEmpty, !failures.isEmpty else { return nil }
        let allowed = needless * Double(successes.count)
        let threshold = successes[min(Int(allowed), successes.count - 1)]
        let below = successes.count { $0 < threshold }
        let share = (allowed - Double(below)) / Double(successes.count { $0 == threshold })
        let caught = Double(failures.count { $0 < threshold }) + share * Double(failures.count { $0 == threshold })
        return caught / Double(failures.count)
    }
}
