import Checks

/// Answers of one kind to questions of one kind: a source, or one of the kinds of tool calls.
struct RecordedPart {
    let name: String
    let rows: [AnswerRow]
    let moments: PartMoments

    /// Whether tools are at hand in it.
    var hasTools: Bool { rows.first.map { $0.signals[Signal.tools.rawValue] != 0 } ?? false }

    /// The parts of all answers, by name.
    static func all(of rows: [AnswerRow]) -> [RecordedPart] {
        Dictionary(grouping: rows) { $0.source == "bfcl" ? $0.subtask : $0.source }.sorted { $0.key < $1.key }
            .map { RecordedPart(name: $0.key, rows: $0.value, moments: PartMoments($0.value)) }
    }

    /// The places of each model's answers.
    var models: [[Int]] {
        Dictionary(grouping: rows.indices) { rows[$0].model }.sorted { $0.key < $1.key }.map(\.value)
    }
}
