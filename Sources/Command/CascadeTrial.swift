internal import Arguments
internal import Cascade
internal import Certification
internal import Prediction

/// What cascades learned from some prompts of files do with others.
struct CascadeTrial {
    private let files: OutcomeFiles
    let mostAnswers: Int
    private let pairs: PairLearning

    init(_ files: OutcomeFiles, mostAnswers: Int, pairs: PairLearning = .needs) {
        self.files = files
        self.pairs = pairs
        self.mostAnswers = mostAnswers
    }

    /// What was learned of some rows.
    struct Learned {
        let predictor: SuccessPredictor
        let cascade: TrainedCascade
        /// For each of the rows what would have been expected by one who did not know it.
        let heldOut: [[Double]]
    }

    /// Learns from some rows and no others.
    func learn(from rows: [Int]) throws(CommandFailure) -> Learned {
        do throws(TrainingError) {
            let (predictor, heldOut) = try SuccessTrainer.trainHoldingOut(
                rows.map { files.observations[$0] }, models: files.models, pairs: pairs)
            return Learned(predictor: predictor, cascade: try cascade(rows, heldOut), heldOut: heldOut)
        } catch {
            throw .failed("\(error)")
        }
    }

    private func cascade(_ rows: [Int], _ probabilities: [[Double]]) throws(TrainingError) -> TrainedCascade {
        try CascadeTrainer.train(
            rows.map { files.answered[$0] }, probabilities: probabilities, models: files.models,
            mostAnswers: mostAnswers)
    }

    /// For each of the rows, which nothing was learned from, the path of every policy.
    func paths(_ rows: [Int], by learned: Learned) -> [[CascadePath]] {
        rows.map { row in
            let probabilities = learned.predictor.probabilities(files.observations[row].prompt)
            return learned.cascade.paths(of: files.answered[row], probabilities: probabilities) ?? []
        }
    }

    /// What the policies reach on the rows learned from, each half of them judged by what was learned of the other.
    func heldOut(
        _ rows: [Int], _ learned: Learned, baseline: Int, seed: UInt64
    ) throws(CommandFailure) -> PolicyOutcomes {
        let halves = rows.map { PromptGroup.fold(files.observations[$0].group, of: 2, seed: seed &+ 1) }
        var paths = [[CascadePath]](repeating: [], count: rows.count)
        for half in 0..<2 {
            let (own, other) = (rows.indices.filter { halves[$0] == half }, rows.indices.filter { halves[$0] != half })
            let cascade: TrainedCascade
            do throws(TrainingError) {
                cascade = try self.cascade(other.map { rows[$0] }, other.map { learned.heldOut[$0] })
            } catch {
                throw .failed("\(error)")
            }
            for place in own {
                paths[place] =
                    cascade.paths(of: files.answered[rows[place]], probabilities: learned.heldOut[place]) ?? []
            }
        }
        return outcomes(rows, paths, values: learned.cascade.values, baseline: baseline)
    }

    /// What the policies reached and cost beside the baseline.
    func outcomes(_ rows: [Int], _ paths: [[CascadePath]], values: [Double], baseline: Int) -> PolicyOutcomes {
        PolicyOutcomes(
            values: values, scores: values.indices.map { policy in paths.map { $0[policy].score } },
            costs: values.indices.map { policy in paths.map { $0[policy].cost } },
            baselineScores: rows.map { files.observations[$0].scores[baseline] ?? 0 },
            baselineCosts: rows.map { files.costs[$0][baseline] ?? 0 })
    }
}
