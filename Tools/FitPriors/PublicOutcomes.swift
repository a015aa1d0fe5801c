import Dialogue
import Features
import JSON
import Prediction
import Recordings
import TaskClasses

/// A recorded prompt with its scores.
struct PublicPrompt {
    var source: String
    /// Prompts of one task are alike but for how hard they are.
    var task: String
    var group: UInt64
    var taskClass: TaskClass
    var demand: PromptDemand
    var logCharacters: Double
    /// By model, as the source names it.
    var scores: [String: Double]
}

/// All public outcomes.
struct PublicOutcomes {
    static let sources = ["llmrouter", "mmlu_pro", "routerbench", "zeroeval", "bfcl"]

    var prompts: [PublicPrompt] = []
    /// By family: dollars for a million tokens, three of them input for each of output.
    var prices: [String: Double] = [:]

    init(folder: String) throws {
        let extractor = FeatureExtractor()
        for source in Self.sources {
            try RecordingLines.read("\(folder)/\(source).jsonl.gz") { row in
                guard let text = row["prompt"]?.string, let outcomes = row["outcomes"]?.members else {
                    return "no prompt"
                }
                let prompt = RecordedRequest.prompt(text, tools: row["tools"])
                let features = extractor.features(of: prompt)
                let taskClass = TaskClassifier.shipped.classify(features, prompt: prompt).taskClass
                let vector = PromptVector(features, taskClass: taskClass)
                var scores: [String: Double] = [:]
                for outcome in outcomes { scores[outcome.name] = outcome.value["score"]?.double }
                prompts.append(
                    PublicPrompt(
                        source: source, task: "\(source) \(row["task"]?.string ?? "") \(row["subtask"]?.string ?? "")",
                        group: PromptGroup.of(row["question"]?.string ?? String(text.suffix(400))),
                        taskClass: taskClass, demand: PromptDemand(vector),
                        logCharacters: Double(vector[.logCharacters]), scores: scores))
                return nil
            }
        }
        for file in ["prices.bfcl.json", "prices.zeroeval_mmlu_pro.json"] {
            try RecordingLines.readObject("\(folder)/\(file)") { name, value in
                guard let input = value["input_per_1m"]?.double, let output = value["output_per_1m"]?.double, input > 0
                else { return }
                prices[ModelFamily(name).text] = (3 * input + output) / 4
            }
        }
    }

    /// How often each family was right at each class of each source.
    ///
    /// A family that a source asked in several ways counts as it did best.
    func cells(_ prompts: [PublicPrompt]) -> [AbilityFit.Cell] {
        var sums: [String: [String: [TaskClass: (right: Double, count: Double)]]] = [:]
        for prompt in prompts {
            for (model, score) in prompt.scores {
                sums[prompt.source, default: [:]][model, default: [:]][prompt.taskClass, default: (0, 0)].right += score
                sums[prompt.source]?[model]?[prompt.taskClass]?.count += 1
            }
        }
        var cells: [AbilityFit.Cell] = []
        for (source, models) in sums.sorted(by: { $0.key < $1.key }) {
            for (family, ways) in Dictionary(grouping: models.keys, by: { ModelFamily($0).text }).sorted(by: {
                $0.key < $1.key
            }) {
                let rate = { (model: String) -> Double in
                    let all = models[model]?.values.reduce((0.0, 0.0)) { ($0.0 + $1.right, $0.1 + $1.count) } ?? (0, 1)
                    return all.0 / all.1
                }
                guard let best = ways.max(by: { (rate($0), $0) < (rate($1), $1) }), let classes = models[best] else {
                    continue
                }
                for (taskClass, sum) in classes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                    cells.append(
                        AbilityFit.Cell(
                            source: source, family: family, taskClass: taskClass, right: sum.right, count: sum.count))
                }
            }
        }
        return cells
    }
}
