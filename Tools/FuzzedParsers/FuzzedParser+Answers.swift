import Agreement
import BytePairs
import Checks
import CodeParsing
import Dialogue
import Embedding
import Features
import JSON
import JSONSchema
import Recordings
import TaskClasses

/// What looks into prompts and answers.
extension FuzzedParser {
    static var answers: [FuzzedParser] {
        [
            FuzzedParser(name: "json-schema") { bytes in
                let (first, second) = halves(bytes)
                guard let schema = try? Schema(first), let value = try? JSONDocument.parse(second) else { return }
                _ = schema.verdict(on: value.root)
            },
            FuzzedParser(name: "wordpiece") { bytes in
                _ = WordPiece.shipped.encode(String(decoding: bytes, as: UTF8.self))
            },
            FuzzedParser(name: "byte-pairs") { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                for encoding in [BytePairEncoding.cl100k, .o200k] {
                    precondition(encoding.count(text) <= text.utf8.count)
                }
            },
            FuzzedParser(name: "answer") { bytes in
                let (question, answer) = halves(bytes)
                look(at: answer, to: question, tools: [])
            },
            FuzzedParser(name: "answer-of-calls") { bytes in look(at: bytes, to: Array("Get a.".utf8), tools: [getter])
            },
            FuzzedParser(name: "agreement") { bytes in
                let (first, second) = halves(bytes)
                for question in ["How much is it?\nA) 1\nB) 2", "Compute it.", "Describe it."] {
                    let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: question)])
                    let answers = [first, second].map { text in
                        var answer = Answer(
                            to: prompt, taskClass: .code, text: String(decoding: text, as: UTF8.self))
                        return CanonicalAnswer(of: &answer, with: extractor)
                    }
                    _ = answers[0].likeness(to: answers[1])
                }
            },
            FuzzedParser(name: "verify") { bytes in
                guard let row = try? JSONDocument.parse(bytes).root, let text = row["prompt"]?.string,
                    let response = row["response"].flatMap(RecordedAnswer.init)
                else { return }
                let prompt = RecordedRequest.prompt(text, tools: row["tools"])
                var answer = Answer(
                    to: prompt, taskClass: .unknown, text: response.text, toolCalls: response.toolCalls)
                _ = Check.findings(on: &answer, within: CheckBudget(.seconds(10)))
            },
            FuzzedParser(name: "sql") { bytes in _ = try? PostgresSyntax.fault(in: bytes[...]) },
        ]
    }
}

nonisolated(unsafe) private let extractor = FeatureExtractor()
private let getter = ToolDefinition(name: "get", parameters: Array(#"{"properties":{"a":{"type":"string"}}}"#.utf8))

private func look(at text: [UInt8], to question: [UInt8], tools: [ToolDefinition]) {
    var prompt = Prompt(
        model: "auto", messages: [Message(role: .user, text: String(decoding: question, as: UTF8.self))])
    prompt.tools = tools
    let features = extractor.features(of: prompt)
    let taskClass = TaskClassifier.shipped.classify(features, prompt: prompt).taskClass
    var answer = Answer(to: prompt, taskClass: taskClass, text: String(decoding: text, as: UTF8.self))
    let findings = Check.findings(on: &answer, within: CheckBudget(.seconds(10)))
    precondition((0...1).contains(RightnessModel.shipped.probability(findings, prior: 0.5)))
}
