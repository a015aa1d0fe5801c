internal import Arguments
internal import Files
internal import Prediction

extension Subcommand {
    static let evaluate: Subcommand = Subcommand(
        "evaluate", summary: "Judges by cross-validation how well success can be predicted from outcomes.",
        details: """
            FILES are recorded outcomes, *.jsonl or *.jsonl.gz. Prompts that ask the same stay together in one part; what
            judges a part was fitted on the others only. With --answers the responses are judged instead: how well right ones are
            told from wrong ones by the shipped weights, and by what a gateway learns of --learn-from outcomes.
            """,
        options: [.onlyModels, .folds, .seed, gain, .answers, .learnFrom, .json, .plot],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        if let pair = invocation.list(gain) { return try await rank(pair, invocation) }
        if invocation.has(.answers) { return try await judgeAnswers(invocation) }
        let files = try await OutcomeFiles(invocation, models: invocation.list(.onlyModels))
        let folds = try invocation.integer(.folds, in: 2...20) ?? 5
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        let judged: CrossValidation
        do throws(TrainingError) {
            judged = try CrossValidation(files.observations, models: files.models, folds: folds, seed: seed)
        } catch {
            throw .failed("\(error)")
        }
        let report = EvaluationReport(judged, folds: folds, seed: seed)
        if let path = invocation[.plot] {
            do throws(SystemError) {
                try WholeFile.replace(path, with: Array(report.html.utf8))
            } catch {
                throw .failed("\(error)")
            }
        }
        print(invocation.has(.json) ? report.json : report.text, terminator: "")
    }

    private static let gain = Option.value(
        "gain", "CHEAP,STRONG", "Judges how well the need for the stronger of two models is ranked instead.")

    /// Prints the areas of three rankings over twenty draws.
    private static func rank(_ pair: [String], _ invocation: Invocation) async throws(CommandFailure) {
        guard pair.count == 2 else { throw .usage("--gain takes two models: CHEAP,STRONG") }
        let files = try await OutcomeFiles(invocation, models: pair)
        let rows = files.observations.filter { $0.scores.allSatisfy { $0 != nil } }
        let count = try invocation.integer(.learnFrom, in: 50...1_000_000) ?? 500
        guard rows.count >= count + 100 else {
            throw .failed("\(rows.count) prompts have a score of both: give more or learn from fewer with --learn-from")
        }
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        let trial: GainTrial
        do throws(TrainingError) {
            trial = try GainTrial(rows, models: pair, count: count, draws: 20, seed: seed)
        } catch {
            throw .failed("\(error)")
        }
        print(
            "area over the gain curve, \(count) prompts learned from, \(rows.count - count) judged, 20 draws: mean [least–greatest]"
        )
        for (name, areas) in [
            ("learned gain", trial.learned), ("p(cheap wrong)", trial.failure), ("prompt length", trial.length),
        ] {
            let sorted = areas.sorted()
            let mean = areas.reduce(0, +) / Double(areas.count)
            print(
                "\(name.padded(to: 14))  \(EvaluationReport.figure(mean)) [\(EvaluationReport.figure(sorted[0]))–"
                    + "\(EvaluationReport.figure(sorted[sorted.count - 1]))]")
        }
        let better = zip(trial.learned, trial.length).count { $0 > $1 }
        print("the learned gain ranks better than length in \(better) of 20 draws")
    }
}
