internal import Arguments
internal import Cascade
internal import Experience
internal import Files
internal import Prediction

extension Subcommand {
    static let train: Subcommand = Subcommand(
        "train", summary: "Learns from recorded outcomes which model succeeds at what.",
        details: """
            FILES are outcomes, *.jsonl or *.jsonl.gz: one prompt a line with the score, 0 to 1, of each model that was
            asked. The predictor that is written holds numbers only, no text of a prompt. From prompts with the `response` of
            models it also learns what right and wrong answers look like, and with --cascade when an answer will do and whom to
            ask next, if the cost of several models is known too. With --fold it leaves out the part of that number, from 1, as replay splits them: what it never saw can be asked afterwards.
            """,
        options: [.tokens, .prices, .onlyModels, .mostAnswers, fold, .folds, .seed, out],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        guard let path = invocation[out] else { throw .usage("train needs --out FILE, where the predictor goes") }
        let mostAnswers = try invocation.mostAnswers()
        let files = try await OutcomeFiles(invocation, models: invocation.list(.onlyModels), answers: .sketches)
        let rows = try files.rows(leavingOut: try invocation.fold())
        let bytes = try files.predictorFile(of: rows, mostAnswers: mostAnswers)
        do throws(SystemError) {
            try WholeFile.replace(path, with: bytes)
        } catch {
            throw .failed("\(error)")
        }
        print("\(path): \(files.models.count) models, \(rows.count) prompts, \(bytes.count) bytes")
    }

    fileprivate static let fold = Option.value("fold", "K", "Leaves out part K of --folds N, split by --seed.")
    private static let out = Option.value("out", "FILE", "Where the predictor is written.")
}

extension OutcomeFiles {
    /// All rows; without a part, those of the others whose scores and costs are all known, as replay learns from them.
    fileprivate func rows(leavingOut part: Part?) throws(CommandFailure) -> [Int] {
        guard let part else { return Array(observations.indices) }
        return complete.filter {
            PromptGroup.fold(observations[$0].group, of: part.count, seed: part.seed) != part.number
        }
    }

    /// What is learned of some outcomes.
    fileprivate func predictorFile(of rows: [Int], mostAnswers: Int?) throws(CommandFailure) -> [UInt8] {
        var asked: CascadeTrial.Learned?
        if let mostAnswers {
            _ = try answeredByAll()
            asked = try CascadeTrial(self, mostAnswers: mostAnswers).learn(from: rows)
        }
        do throws(TrainingError) {
            let (predictor, expected) =
                if let asked {
                    (asked.predictor, asked.heldOut)
                } else {
                    try SuccessTrainer.trainHoldingOut(rows.map { observations[$0] }, models: models)
                }
            return PredictorFile.encode(
                predictor, cascade: asked?.cascade.encoded,
                answers: try answerKnowledge(of: rows, expected: expected, predictor)?.encoded)
        } catch {
            throw .failed("\(error)")
        }
    }
}

/// One of the parts that prompts are split into.
private struct Part {
    /// From 0.
    let number: Int
    let count: Int
    let seed: UInt64
}

extension Invocation {
    /// The part to leave out; nil without one.
    fileprivate func fold() throws(CommandFailure) -> Part? {
        let count = try integer(.folds, in: 2...20) ?? 5
        guard let number = try integer(Subcommand.fold, in: 1...count) else { return nil }
        return Part(number: number - 1, count: count, seed: UInt64(try integer(.seed) ?? 1))
    }
}
