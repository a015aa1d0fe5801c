internal import LinearAlgebra

/// What was learned of the prompts that all models of a set answered.
struct LearnedSet {
    let set: UInt32
    let features: SituationFeatures
    /// Whether another model may be asked.
    let goesOn: Bool
    let stopWeights: [Float]
    /// What asking a last model brings, which is the same whatever a right answer is worth; nil where more can follow.
    private(set) var last: Continuation?

    private let models: Int
    /// The models not in the set, and whether enough prompts tell of what comes after asking each.
    let open: [Int]
    private let isTold: [Bool]
    /// The prompts, and for each the score of the candidate and the probability that it is right.
    private let rows: [Int]
    private let scores: [Double]
    private let stop: [Double]
    private let design: StateDesign

    /// What asking one more model brought and is expected to bring: for each prompt of the set, and for each value of a right
    /// answer in turn, one number for each open model.
    struct Continuation {
        /// The values told apart: one where none makes a difference.
        fileprivate let values: Int
        fileprivate let brought: Matrix
        fileprivate let expected: Matrix
        fileprivate let weights: Matrix
    }

    /// `larger` finds a larger set.
    init(
        _ set: UInt32, _ rows: [Int], of sample: CascadeSample, mostAnswers: Int, larger: (UInt32) -> LearnedSet?
    ) throws(LinearAlgebraError) {
        let features = SituationFeatures(set: set, models: sample.models)
        var values: [Double] = []
        values.reserveCapacity(rows.count * (features.count + 1))
        var scores: [Double] = []
        scores.reserveCapacity(rows.count)
        var state = sample.beginning
        for row in rows {
            sample.set(&state, to: row, set)
            let situation = Situation(state.answers, ranks: sample.ranks)
            values.append(1)
            features.append(valuesOf: state, situation, to: &values)
            scores.append(
                set == 0 ? 0 : sample.scores[row * sample.models + state.answers[situation.candidate].model])
        }
        design = try StateDesign(values, features: features.count)
        let weights = design.fit(Matrix(rows: rows.count, columns: 1, values: scores))
        stop = design.predictions(weights).values
        stopWeights = set == 0 ? [] : weights.values.map { Float($0) }
        goesOn = set.nonzeroBitCount < mostAnswers && !features.open.isEmpty
        let after = features.open.map { larger(set | 1 << UInt32($0)) }
        (self.set, self.features, self.rows, self.scores, models) = (set, features, rows, scores, sample.models)
        (open, isTold) = (features.open, after.map { $0 != nil })
        if goesOn, !after.contains(where: { $0?.goesOn ?? false }) {
            last = continuation(values: 1) { after[$0]?.outcomes(prompts: sample.prompts.count) }
        }
    }

    /// The scores of the candidates, NaN where a model of the set did not answer.
    private func outcomes(prompts: Int) -> [Double] {
        var outcomes = [Double](repeating: .nan, count: prompts)
        for (place, row) in rows.enumerated() { outcomes[row] = scores[place] }
        return outcomes
    }

    /// Fits what asking each open model brought; `worth` has for each prompt and value what came of it after the model at a
    /// place among the open ones, nil or NaN where that is not known.
    func continuation(values: Int, worth: (Int) -> [Double]?) -> Continuation {
        let width = values * open.count
        var targets = [Double](repeating: 0, count: rows.count * width)
        for column in open.indices {
            let worth = worth(column) ?? []
            let (known, own, stop) = (worth.span, rows.span, stop.span)
            for place in own.indices {
                let (otherwise, start) = (max(stop[place], 0), own[place] * values)
                for value in 0..<values {
                    let known: Double = known.isEmpty ? .nan : known[start + value]
                    targets[place * width + value * open.count + column] = known.isNaN ? otherwise : known
                }
            }
        }
        let brought = Matrix(rows: rows.count, columns: width, values: targets)
        let weights = design.fit(brought)
        return Continuation(
            values: values, brought: brought, expected: design.predictions(weights), weights: weights)
    }

    /// What each prompt brought for each value, from the most to the least, by going on from answers where that is expected to be
    /// worth its price, NaN for prompts that the set does not tell of.
    func worth(by continuation: Continuation, _ prices: PriceList, prompts: Int) -> [Double] {
        let count = prices.values.count
        let (width, isLast) = (continuation.expected.columns, continuation.values == 1)
        let (expected, brought) = (continuation.expected.values.span, continuation.brought.values.span)
        let (prices, paid, values) = (prices.expected.span, prices.paid.span, prices.values.span)
        let told = open.indices.filter { isTold[$0] }.map { (column: $0, model: open[$0]) }
        var own = [Double](repeating: .nan, count: prompts * count)
        for (place, row) in rows.enumerated() {
            let stop = stop[place]
            for value in 0..<count {
                let start = place * width + (isLast ? 0 : value * open.count)
                let price = (row * count + value) * models
                // Which is best changes all the time: no branches.
                var best = (gain: TrainedCascade.leastGain, place: -1)
                for place in told.indices {
                    let gain = expected[start + told[place].column] - prices[price + told[place].model] - stop
                    let isBetter = gain > best.gain
                    best = (isBetter ? gain : best.gain, isBetter ? place : best.place)
                }
                guard best.place >= 0 else {
                    own[row * count + value] = scores[place]
                    // Less worth makes calls dearer: where the last call is not worth its price it never is again.
                    guard isLast else { continue }
                    for rest in value..<count { own[row * count + rest] = scores[place] }
                    break
                }
                let (column, model) = told[best.place]
                own[row * count + value] = brought[start + column] - paid[row * models + model] / values[value]
            }
        }
        return own
    }

    /// For each of so many values and each open model, one after the other, the weights of what asking it is worth.
    func weights(of continuation: Continuation, values: Int) -> [Float] {
        let columns = continuation.weights.transposed.values.map { Float($0) }
        guard continuation.values < values else { return columns }
        return Array(repeatElement(columns, count: values).joined())
    }
}
