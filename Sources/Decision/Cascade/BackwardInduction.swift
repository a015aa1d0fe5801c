internal import LinearAlgebra

/// What answers are worth, from the largest sets of models back to nobody having answered.
///
/// Values are in units of the probability of being right. What going on is worth is fitted to what it did bring on the
/// prompts learned from, not to estimates of it: those are optimistic, being the greatest of several.
struct BackwardInduction {
    private let sample: CascadeSample
    /// Sets with enough prompts, the largest first.
    private let sets: [LearnedSet]
    private let places: [UInt32: Int]

    private struct LearnedSet {
        let set: UInt32
        let features: SituationFeatures
        /// The prompts that all of its models answered, and for each the score of the candidate.
        let rows: [Int]
        let scores: [Double]
        let design: StateDesign
        let stop: [Double]
        let stopWeights: [Float]
        /// Whether another model may be asked.
        let goesOn: Bool
    }

    init(_ sample: CascadeSample, mostAnswers: Int) throws(LinearAlgebraError) {
        self.sample = sample
        var sets: [LearnedSet] = []
        let count = sample.models
        let all = (0..<(UInt32(1) << UInt32(count))).filter { $0.nonzeroBitCount <= mostAnswers }
        for set in all.sorted(by: { ($1.nonzeroBitCount, $0) < ($0.nonzeroBitCount, $1) }) {
            let rows = sample.prompts.indices.filter { sample.prompts[$0].answered & set == set }
            guard rows.count >= CascadeTrainer.leastRows else { continue }
            let features = SituationFeatures(set: set, models: count)
            var values: [Double] = []
            values.reserveCapacity(rows.count * (features.count + 1))
            var scores: [Double] = []
            for row in rows {
                let state = sample.state(row, set)
                let situation = Situation(state.answers, ranks: sample.ranks)
                values.append(1)
                values += features.values(of: state, situation)
                scores.append(set == 0 ? 0 : sample.scores[row * count + state.answers[situation.candidate].model])
            }
            let design = try StateDesign(values, features: features.count)
            let weights = design.fit(Matrix(rows: rows.count, columns: 1, values: scores))
            sets.append(
                LearnedSet(
                    set: set, features: features, rows: rows, scores: scores, design: design,
                    stop: design.predictions(weights).values,
                    stopWeights: set == 0 ? [] : weights.values.map { Float($0) },
                    goesOn: set.nonzeroBitCount < mostAnswers && !features.open.isEmpty))
        }
        self.sets = sets
        places = Dictionary(uniqueKeysWithValues: sets.enumerated().map { ($1.set, $0) })
    }

    /// What was learned of each set without regard to what a right answer is worth.
    var states: [UInt32: TrainedCascade.SetRegressions] {
        Dictionary(
            uniqueKeysWithValues: sets.map { ($0.set, TrainedCascade.SetRegressions(stop: $0.stopWeights, next: [])) })
    }

    /// For each set that is gone on from, and each model not in it, the weights of what asking it is worth.
    func weights(value: Double) -> [UInt32: [[Float]]] {
        let (count, models) = (sample.prompts.count, sample.models)
        // What each prompt brought from a set on; what it was expected to where that set's outcome is not known.
        var worth: [UInt32: [Double]] = [:]
        var found: [UInt32: [[Float]]] = [:]
        for learned in sets {
            var own = [Double](repeating: .nan, count: count)
            guard learned.goesOn else {
                for (place, row) in learned.rows.enumerated() { own[row] = learned.scores[place] }
                worth[learned.set] = own
                continue
            }
            let open = learned.features.open
            let after = open.map { worth[learned.set | 1 << UInt32($0)] }
            var targets = Matrix(rows: learned.rows.count, columns: open.count)
            for (place, row) in learned.rows.enumerated() {
                for column in open.indices {
                    let value = after[column]?[row] ?? .nan
                    targets[place, column] = value.isNaN ? max(learned.stop[place], 0) : value
                }
            }
            let weights = learned.design.fit(targets)
            let going = learned.design.predictions(weights)
            for (place, row) in learned.rows.enumerated() {
                var best = (gain: learned.set == 0 ? -Double.infinity : TrainedCascade.leastGain, column: -1)
                for column in open.indices where after[column] != nil {
                    let gain =
                        going[place, column] - sample.expectedCosts[row * models + open[column]] / value
                        - (learned.set == 0 ? 0 : learned.stop[place])
                    if gain > best.gain { best = (gain, column) }
                }
                if best.column < 0 {
                    own[row] = learned.scores[place]
                } else {
                    let cost = sample.costs[row * models + open[best.column]]
                    own[row] =
                        targets[place, best.column]
                        - (cost.isNaN ? sample.expectedCosts[row * models + open[best.column]] : cost) / value
                }
            }
            worth[learned.set] = own
            found[learned.set] = weights.transposed.rowsAsFloats
        }
        return found
    }
}

extension Matrix {
    fileprivate var rowsAsFloats: [[Float]] { (0..<rows).map { self[row: $0].map { Float($0) } } }
}
