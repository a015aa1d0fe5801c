import Agreement
import Checks
import Dialogue
import Features
import Prediction
import Recordings
import Statistics
import TaskClasses

/// What it tells of one model's answers whether another model says the same.
struct SecondOpinion {
    private struct Row {
        let group: UInt64
        let isRight: Bool
        let agrees: Bool
    }

    private let names: (one: String, other: String)
    private var rows: [Row] = []
    private static let seed: UInt64 = 1

    static let head = [
        "| set | answers of | second opinion | prompts | right | wrong that disagree | right that disagree | right when both agree |",
        "|---|---|---|---|---|---|---|---|",
    ]

    init(path: String, one: String, other: String) throws {
        names = (one, other)
        let extractor = FeatureExtractor()
        var found: [Row] = []
        try RecordingLines.read(path) { row in
            guard let text = row["prompt"]?.string, let outcomes = row["outcomes"] else { return "no prompt" }
            let prompt = RecordedRequest.prompt(text, tools: row["tools"])
            let taskClass = TaskClassifier.shipped.classify(extractor.features(of: prompt), prompt: prompt).taskClass
            let answers = [one, other].compactMap { name in
                outcomes[member: name]?["response"].flatMap(RecordedAnswer.init).map { response in
                    var answer = Answer(
                        to: prompt, taskClass: taskClass, text: response.text, toolCalls: response.toolCalls)
                    return CanonicalAnswer(of: &answer, with: extractor)
                }
            }
            guard answers.count == 2, let score = outcomes[member: one]?["score"]?.double else { return nil }
            found.append(
                Row(
                    group: PromptGroup.of(row["question"]?.string ?? String(text.suffix(400))), isRight: score >= 0.5,
                    agrees: answers[0].likeness(to: answers[1]) == .same))
            return nil
        }
        rows = found
    }

    func line(of set: String) -> String {
        let cells = [
            set, names.one, names.other, "\(rows.count)", figure { rows in share(rows) { $0.isRight } },
            figure { rows in share(rows.filter { !$0.isRight }) { !$0.agrees } },
            figure { rows in share(rows.filter(\.isRight)) { !$0.agrees } },
            figure { rows in share(rows.filter(\.agrees)) { $0.isRight } },
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private func share(_ rows: [Row], _ isCounted: (Row) -> Bool) -> Double? {
        rows.isEmpty ? nil : Double(rows.count(where: isCounted)) / Double(rows.count)
    }

    /// In per cent, with the 95 % interval by bootstrap over groups of equal questions.
    private func figure(_ statistic: ([Row]) -> Double?) -> String {
        let groups = Dictionary(grouping: rows.indices, by: { rows[$0].group }).values.sorted { $0[0] < $1[0] }
        let interval = Bootstrap(draws: 400, seed: Self.seed).interval(groups: groups) { drawn in
            statistic(drawn.map { rows[$0] })
        }
        guard let value = statistic(rows), let interval else { return "-" }
        return "\(Percent.of(value)) % (\(Percent.of(interval.lower)) – \(Percent.of(interval.upper)))"
    }
}

enum Percent {
    static func of(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
