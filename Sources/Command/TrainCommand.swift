internal import Arguments
internal import Files
internal import Prediction

extension Subcommand {
    static let train: Subcommand = Subcommand(
        "train", summary: "Learns from recorded outcomes which model succeeds at what.",
        details: """
            FILES are outcomes, *.jsonl or *.jsonl.gz: one prompt a line with the score, 0 to 1, of each model that was
            asked. The predictor that is written holds numbers only, no text of a prompt.
            """,
        options: [.onlyModels, out], operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        guard let path = invocation[out] else { throw .usage("train needs --out FILE, where the predictor goes") }
        let files = try OutcomeFiles(invocation, models: invocation.list(.onlyModels))
        let predictor: SuccessPredictor
        do throws(TrainingError) {
            predictor = try SuccessTrainer.train(files.observations, models: files.models)
        } catch {
            throw .failed("\(error)")
        }
        let bytes = PredictorFile.encode(predictor)
        do throws(SystemError) {
            try WholeFile.replace(path, with: bytes)
        } catch {
            throw .failed("\(error)")
        }
        print("\(path): \(files.models.count) models, \(files.observations.count) prompts, \(bytes.count) bytes")
    }

    private static let out = Option.value("out", "FILE", "Where the predictor is written.")
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
