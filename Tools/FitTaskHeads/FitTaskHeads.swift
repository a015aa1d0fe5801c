import Foundation

/// Trains the task heads: `zcat task_prompts.jsonl.gz | FitTaskHeads OUT` prints how well they do and writes them to OUT.
@main enum FitTaskHeads {
    static let seed: UInt64 = 20
    static let epochs = 4

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: zcat task_prompts.jsonl.gz | FitTaskHeads OUT")
            exit(2)
        }
        let examples = try Example.readAll()
        let folds = Evaluation.folds(examples, count: 5)
        print("\(examples.count) prompts, \(Set(examples.map(\.source)).count) sources,", terminator: " ")
        print("five folds of whole sources, seed \(seed), \(epochs) epochs, \(SoftmaxRegression.buckets) buckets.\n")
        print("| head | accuracy | 95 % (bootstrap over sources) |\n|---|---|---|")
        func evaluate(_ name: String, _ inputs: SoftmaxRegression.Inputs) -> Evaluation {
            let evaluation = Evaluation(examples, folds: folds, inputs: inputs, epochs: epochs, seed: seed)
            let (mean, low, high) = Evaluation.interval(evaluation.hits.map { $0 ? 1 : 0 }, examples, seed: seed)
            print("| \(name) | \(percent(mean)) | \(percent(low)) – \(percent(high)) |")
            return evaluation
        }
        let words = evaluate("bag of words", .init(embedding: false, surface: false, pairs: false))
        _ = evaluate("B: words and pairs", .init(embedding: false, surface: false))
        _ = evaluate("S, H", .init(bag: false))
        let full = evaluate("S, B, H (shipped)", .init())
        let gain = Evaluation.interval(
            zip(full.hits, words.hits).map { ($0 ? 1 : 0) - ($1 ? 1 : 0) }, examples, seed: seed)
        print("\nShipped − bag of words: \(percent(gain.0)) (\(percent(gain.1)) – \(percent(gain.2))).")
        let temperature = full.temperature
        let calibration = full.calibration(temperature: temperature, least: 0.35)
        print("Temperature \(temperature), calibration error \(percent(calibration.error));", terminator: " ")
        print(
            "at confidence ≥ 35 %: \(percent(calibration.answered)) answered, \(percent(calibration.accuracy)) right.\n"
        )
        printConfusion(full)
        let final = SoftmaxRegression(examples, Array(examples.indices), inputs: .init(), epochs: epochs, seed: seed)
        try final.asset(temperature: temperature).write(to: URL(fileURLWithPath: CommandLine.arguments[1]))
    }

    private static func printConfusion(_ evaluation: Evaluation) {
        print("| true \\ said | \(Example.labels.joined(separator: " | ")) |")
        print("|---\(String(repeating: "|---", count: Example.labels.count))|")
        for label in Example.labels.indices {
            var row = [Int](repeating: 0, count: Example.labels.count)
            for place in evaluation.examples.indices where evaluation.examples[place].label == label {
                row[evaluation.predicted(place)] += 1
            }
            print("| \(Example.labels[label]) | \(row.map(String.init).joined(separator: " | ")) |")
        }
    }

    private static func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }
}
