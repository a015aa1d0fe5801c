internal import Arguments
internal import Files
internal import Prediction

extension Subcommand {
    static let evaluate: Subcommand = Subcommand(
        "evaluate", summary: "Judges by cross-validation how well success can be predicted from outcomes.",
        details: """
            FILES are recorded outcomes, *.jsonl or *.jsonl.gz. Prompts that ask the same stay together in one part; what
            judges a part was fitted on the others only.
            """,
        options: [.onlyModels, .folds, .seed, .json, .plot],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        let files = try OutcomeFiles(invocation, models: invocation.list(.onlyModels))
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
}
