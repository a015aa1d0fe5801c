internal import LinearAlgebra

/// What answers are worth, from the largest sets of models back to nobody having answered.
///
/// Values are in units of the probability of being right. What going on is worth is fitted to what it did bring on the
/// prompts learned from, not to estimates of it: those are optimistic, being the greatest of several.
struct BackwardInduction {
    private let sample: CascadeSample
    /// Sets with enough prompts, the largest first.
    private let sets: [LearnedSet]

    /// For how many values what answers are worth is carried back at once.
    private static let valuesAtOnce = 10

    init(_ sample: CascadeSample, mostAnswers: Int) throws(LinearAlgebraError) {
        self.sample = sample
        var sets: [LearnedSet] = []
        var places: [UInt32: Int] = [:]
        let all = (0..<(UInt32(1) << UInt32(sample.models))).filter { $0.nonzeroBitCount <= mostAnswers }
        for set in all.sorted(by: { ($1.nonzeroBitCount, $0) < ($0.nonzeroBitCount, $1) }) {
            let rows = sample.answered.indices.filter { sample.answered[$0] & set == set }
            guard rows.count >= CascadeTrainer.leastRows else { continue }
            let learned = try LearnedSet(set, rows, of: sample, mostAnswers: mostAnswers) { larger in
                places[larger].map { sets[$0] }
            }
            places[set] = sets.count
            sets.append(learned)
        }
        self.sets = sets
    }

    /// What was learned of each set, the worth of going on for each of the values that a right answer may have.
    func states(values: [Double]) -> [UInt32: TrainedCascade.SetRegressions] {
        var states: [UInt32: TrainedCascade.SetRegressions] = [:]
        for learned in sets {
            states[learned.set] = TrainedCascade.SetRegressions(
                features: learned.features, stop: learned.stopWeights, next: [])
        }
        for first in stride(from: 0, to: values.count, by: Self.valuesAtOnce) {
            let some = Array(values[first..<min(first + Self.valuesAtOnce, values.count)])
            for (set, weights) in weights(values: some) { states[set]?.next += weights }
        }
        return states
    }

    /// For each set that is gone on from, each value and each model not in the set, the weights of what asking it is worth.
    private func weights(values: [Double]) -> [UInt32: [Float]] {
        let prices = PriceList(sample, values: values)
        // What each prompt brought from a set on, for each value; NaN where that set's outcome is not known.
        var worth: [UInt32: [Double]] = [:]
        var found: [UInt32: [Float]] = [:]
        for learned in sets where learned.goesOn {
            let fit =
                learned.last
                ?? learned.continuation(values: values.count) { worth[learned.set | 1 << UInt32(learned.open[$0])] }
            // Nothing comes before the empty set.
            if learned.set != 0 {
                worth[learned.set] = learned.worth(by: fit, prices, prompts: sample.prompts.count)
            }
            found[learned.set] = learned.weights(of: fit, values: values.count)
        }
        return found
    }
}

/// What calls cost in units of a right answer.
struct PriceList {
    /// What a right answer is worth, in dollars.
    let values: [Double]
    /// For each prompt, value and model what is expected.
    let expected: [Double]
    /// For each prompt and model what was paid, in dollars, or else what was expected.
    let paid: [Double]

    init(_ sample: CascadeSample, values: [Double]) {
        self.values = values
        var expected: [Double] = []
        expected.reserveCapacity(sample.expectedCosts.count * values.count)
        for start in stride(from: 0, to: sample.expectedCosts.count, by: sample.models) {
            for value in values {
                for model in 0..<sample.models { expected.append(sample.expectedCosts[start + model] / value) }
            }
        }
        self.expected = expected
        paid = zip(sample.costs, sample.expectedCosts).map { $0.isNaN ? $1 : $0 }
    }
}
