import Dialogue
import Features
import JSON
import TaskClasses

/// A labelled prompt, as the heads see it.
struct Example {
    var label: Int
    var source: String
    var dense: [Float]
    var tokens: [Int32]

    static let labels = [
        "code", "math", "creative", "factual", "reasoning", "classify", "summarise", "extract", "chitchat", "translate",
    ]

    /// Reads JSON lines with `text`, `label` and `source` from standard input.
    static func readAll() throws -> [Example] {
        let extractor = FeatureExtractor()
        var examples: [Example] = []
        while let line = readLine() {
            let root = try JSONDocument.parse(line).root
            guard let text = root["text"]?.string, let label = root["label"]?.string.flatMap(labels.firstIndex),
                let source = root["source"]?.string
            else { continue }
            let features = extractor.features(
                of: Prompt(model: "", messages: [Message(role: .user, text: text)]))
            examples.append(
                Example(
                    label: label, source: source, dense: features.embedding + features.surface, tokens: features.tokens)
            )
        }
        return examples
    }
}

extension [String] {
    fileprivate func firstIndex(_ name: String) -> Int? { firstIndex(of: name) }
}
