import Checks
import Dialogue
import Features
import Foundation
import JSON
import Prediction
import Recordings
import TaskClasses

/// An answer as it is learned from.
struct AnswerRow {
    var source: String
    var subtask: String
    var model: String
    var group: UInt64
    var taskClass: TaskClass
    var signals: [Double]
    /// Of its text, or of its calls as they are written, in bytes.
    var length: Int
    /// The place of its prompt's surface in ``AnswerTable/surfaces``.
    var prompt: Int
    var score: Double
}

/// All recorded answers of files, looked at by every check.
struct AnswerTable {
    var rows: [AnswerRow] = []
    var surfaces: [[Float]] = []
    /// Microseconds of all checks together, one for each answer.
    var times: [Double] = []

    private static func length(_ answer: RecordedAnswer) -> Int {
        answer.toolCalls.reduce(answer.text.utf8.count) { $0 + $1.name.utf8.count + $1.arguments.utf8.count }
    }

    mutating func read(_ path: String, source: String, models: Set<String>?) throws {
        let extractor = FeatureExtractor()
        try RecordingLines.read(path) { row in
            guard let text = row["prompt"]?.string, let outcomes = row["outcomes"]?.members else { return "no prompt" }
            let prompt = RecordedRequest.prompt(text, tools: row["tools"])
            let features = extractor.features(of: prompt)
            let taskClass = TaskClassifier.shipped.classify(features, prompt: prompt).taskClass
            let place = surfaces.count
            surfaces.append(features.surface)
            let group = PromptGroup.of(row["question"]?.string ?? String(text.suffix(400)))
            let task = row["task"]?.string ?? source
            for outcome in outcomes where models?.contains(outcome.name) ?? true {
                guard let score = outcome.value["score"]?.double,
                    let response = outcome.value["response"].flatMap(RecordedAnswer.init)
                else { continue }
                var answer = Answer(
                    to: prompt, taskClass: taskClass, text: response.text, toolCalls: response.toolCalls)
                let start = ContinuousClock.now
                let findings = Check.findings(on: &answer, within: CheckBudget(.seconds(1)))
                times.append((ContinuousClock.now - start) / .microseconds(1))
                rows.append(
                    AnswerRow(
                        source: source, subtask: task, model: outcome.name, group: group, taskClass: taskClass,
                        signals: findings.signals.values, length: Self.length(response), prompt: place, score: score))
            }
            return nil
        }
    }
}
