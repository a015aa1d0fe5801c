internal import Arguments
internal import Catalog
internal import Features
internal import JSON
internal import Prediction
internal import Recordings
internal import TaskClasses

extension Subcommand {
    static let score: Subcommand = Subcommand(
        "score", summary: "Says for each prompt of standard input how much it needs the stronger model.",
        details: """
            Reads JSON lines {"id", "prompt"} or {"id", "messages", ...} and writes, in the same order,
            {"id", "score", "strong", "task", "type", "p"}: score from 0 to 1 is the need for the stronger model, strong is
            true from --threshold on. Without --predictor it is the probability that the cheaper model fails, by public outcomes of its
            family, its grade or its price, and by what the prompt's surface demands; with one that was trained on both
            models the score is the rank of the learned gain.
            """,
        options: [.predictor, cheap, strong, threshold]
    ) { invocation throws(CommandFailure) in
        let scorer = try PromptScorer(
            predictor: try invocation.predictor(.predictor), cheap: invocation[cheap], strong: invocation[strong],
            threshold: Double(try invocation.integer(threshold, in: 0...100) ?? 50) / 100)
        do throws(RecordingsError) {
            try RecordingLines.read("/dev/stdin") { row in
                switch scorer.line(row) {
                case .success(let line):
                    print(line)
                    return nil
                case .failure(let fault): return fault.reason
                }
            }
        } catch {
            throw .failed("\(error)")
        }
    }

    private static let cheap = Option.value("cheap", "MODEL", "The cheaper model.")
    private static let strong = Option.value("strong", "MODEL", "The stronger model.")
    private static let threshold = Option.value(
        "threshold", "N", "From which score in percent the stronger is taken; 50 by default.")
}
