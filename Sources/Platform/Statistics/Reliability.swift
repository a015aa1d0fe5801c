/// What came, beside what was predicted, in bins of about equally many predictions (Nguyen and O'Connor 2015).
///
/// Outcomes may be graded between 0 and 1: the predictions are then of the mean.
package struct Reliability: Sendable, Equatable {
    /// Predictions that lie near each other.
    package struct Bin: Sendable, Equatable {
        /// How many predictions there are, at least one.
        package let count: Int
        /// Their mean.
        package let predicted: Double
        /// The mean of the outcomes.
        package let observed: Double
    }

    /// The bins, lowest predictions first; at most as many as asked for, none without outcomes.
    package let bins: [Bin]

    /// Sorts predictions into bins; equal predictions share one, so that the order of the input does not matter.
    package init(probabilities: [Double], outcomes: [Double], bins count: Int = 10) {
        precondition(probabilities.count == outcomes.count, "each probability needs an outcome")
        precondition(count > 0, "there is at least one bin")
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        var bins: [Bin] = []
        var start = 0
        for end in 1...max(order.count, 1) where end <= order.count {
            let isFull = end * count / order.count > start * count / order.count
            let isTied = end < order.count && probabilities[order[end]] == probabilities[order[end - 1]]
            guard end == order.count || (isFull && !isTied) else { continue }
            let members = order[start..<end]
            bins.append(
                Bin(
                    count: members.count,
                    predicted: members.reduce(0) { $0 + probabilities[$1] } / Double(members.count),
                    observed: members.reduce(0) { $0 + outcomes[$1] } / Double(members.count)))
            start = end
        }
        self.bins = bins
    }

    /// The expected calibration error: the mean distance of predicted and observed, bins weighted by count (Naeini,
    /// Cooper and Hauskrecht 2015); zero without bins.
    package var expectedCalibrationError: Double {
        let total = bins.reduce(0) { $0 + $1.count }
        return bins.reduce(0) { $0 + Double($1.count) / Double(max(total, 1)) * abs($1.predicted - $1.observed) }
    }
}
