internal import Arguments
internal import Cascade
internal import Files
internal import Prediction

extension Subcommand {
    static let train: Subcommand = Subcommand(
        "train", summary: "Learns from recorded outcomes which model succeeds at what.",
        details: """
            FILES are outcomes, *.jsonl or *.jsonl.gz: one prompt a line with the score, 0 to 1, of each model that was
            asked. The predictor that is written holds numbers only, no text of a prompt. With --cascade it also learns when an
            answer will do and whom to ask next, from prompts with the `response` and the cost of several models.
            """,
        options: [.tokens, .prices, .onlyModels, .mostAnswers, out],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        guard let path = invocation[out] else { throw .usage("train needs --out FILE, where the predictor goes") }
        let mostAnswers = try invocation.mostAnswers()
        let files = try OutcomeFiles(
            invocation, models: invocation.list(.onlyModels), answers: mostAnswers != nil)
        let bytes = try files.predictorFile(mostAnswers: mostAnswers)
        do throws(SystemError) {
            try WholeFile.replace(path, with: bytes)
        } catch {
            throw .failed("\(error)")
        }
        print("\(path): \(files.models.count) models, \(files.observations.count) prompts, \(bytes.count) bytes")
    }

    private static let out = Option.value("out", "FILE", "Where the predictor is written.")
}

extension OutcomeFiles {
    /// What is learned of all outcomes.
    fileprivate func predictorFile(mostAnswers: Int?) throws(CommandFailure) -> [UInt8] {
        guard let mostAnswers else {
            do throws(TrainingError) {
                return PredictorFile.encode(try SuccessTrainer.train(observations, models: models))
            } catch {
                throw .failed("\(error)")
            }
        }
        _ = try answeredByAll()
        let learned = try CascadeTrial(self, mostAnswers: mostAnswers).learn(from: Array(observations.indices))
        return PredictorFile.encode(learned.predictor, cascade: learned.cascade.encoded)
    }
}

extension Invocation {
    /// The predictor that an option names; nil without it.
    func predictor(_ option: Option) throws(CommandFailure) -> SuccessPredictor? {
        guard let path = self[option] else { return nil }
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try WholeFile.read(path) } catch { throw .failed("\(error)") }
        do throws(PredictorFileError) {
            return try PredictorFile.decode(bytes)
        } catch {
            throw .failed("\(path) \(error)")
        }
    }
}

extension Option {
    static let predictor = Option.value("predictor", "FILE", "What farthing train wrote.")
}
