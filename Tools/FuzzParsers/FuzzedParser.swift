import Checks
import CodeParsing
import Dialogue
import Embedding
import Features
import Foundation
import HTTPMessages
import HTTPServer
import JSON
import JSONSchema
import Recordings
import TaskClasses
import WireFormats
import YAML

/// Something that reads text of strangers.
struct FuzzedParser {
    let name: String
    let read: ([UInt8]) -> Void

    /// To fuzz another, add a line.
    nonisolated(unsafe) static let all: [FuzzedParser] =
        [
            FuzzedParser(name: "json") { bytes in
                guard let document = try? JSONDocument.parse(bytes) else { return }
                visit(document.root, depth: 0)
            },
            FuzzedParser(name: "http-request") { bytes in
                let parser = RequestParser(settings: ListenerSettings())
                for piece in pieces(bytes) { if case .failed = parser.read(piece) { return } }
            },
            FuzzedParser(name: "server-sent-events") { bytes in
                var parser = ServerSentEventParser(limit: 1 << 16)
                for piece in pieces(bytes) {
                    parser.append(piece)
                    while let event = try? parser.next() { _ = event.data.count }
                }
                parser.finish()
                while (try? parser.next()) != nil {}
            },
            FuzzedParser(name: "yaml") { bytes in _ = try? YAMLParser.parse(bytes) },
            FuzzedParser(name: "json-schema") { bytes in
                let parts = bytes.split(separator: 0, maxSplits: 1)
                guard let first = parts.first, let schema = try? Schema(Array(first)),
                    let value = try? JSONDocument.parse(Array(parts.count > 1 ? parts[1] : first))
                else { return }
                _ = schema.verdict(on: value.root)
            },
            FuzzedParser(name: "openai") { bytes in decode(bytes, .openai) },
            FuzzedParser(name: "anthropic") { bytes in decode(bytes, .anthropic) },
            FuzzedParser(name: "wordpiece") { bytes in
                _ = WordPiece.shipped.encode(String(decoding: bytes, as: UTF8.self))
            },
            FuzzedParser(name: "answer") { bytes in
                let parts = bytes.split(separator: 0, maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
                look(at: parts.count > 1 ? parts[1] : parts.first ?? "", to: parts.first ?? "", tools: [])
            },
            FuzzedParser(name: "answer-of-calls") { bytes in
                let tools = [ToolDefinition(name: "get", parameters: Array(#"{"properties":{"a":{"type":"string"}}}"#.utf8))]
                look(at: String(decoding: bytes, as: UTF8.self), to: "Get a.", tools: tools)
            },
            FuzzedParser(name: "verify") { bytes in
                guard let row = try? JSONDocument.parse(bytes).root, let text = row["prompt"]?.string,
                    let response = row["response"].flatMap(RecordedAnswer.init)
                else { return }
                let prompt = RecordedRequest.prompt(text, tools: row["tools"])
                let answer = Answer(
                    to: prompt, taskClass: .unknown, text: response.text, toolCalls: response.toolCalls)
                _ = Check.findings(on: answer, within: CheckBudget(.seconds(10)))
            },
            FuzzedParser(name: "sql") { bytes in _ = try? PostgresSyntax.fault(in: bytes[...]) },
        ]
        + CodeLanguage.allCases.map { language in
            FuzzedParser(name: "code-\(language)") { bytes in
                guard let tree = try? SyntaxTree.parse(bytes[...], as: language, within: .seconds(10)) else { return }
                for node in tree.nodes { precondition(node.range.upperBound <= bytes.count && node.after <= tree.nodes.count) }
            }
        }
}

/// The pieces that a text arrives in: their lengths are told by its first byte.
private func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
    let length = Int(bytes.first ?? 0) + 1
    return stride(from: 1, to: max(1, bytes.count), by: length).map { Array(bytes[$0..<min($0 + length, bytes.count)]) }
}

private func visit(_ value: JSONValue, depth: Int) {
    guard depth < 200 else { return }
    _ = (value.string, value.double, value.raw.count)
    if let elements = value.elements { for element in elements { visit(element, depth: depth + 1) } }
    if let members = value.members { for member in members { visit(member.value, depth: depth + 1) } }
}

private func decode(_ bytes: [UInt8], _ format: WireFormat) {
    let parser = JSONParser()
    if let request = try? format.decodeRequest(bytes, parser: parser) {
        _ = format.passThrough(request, model: "m")
        for other in [WireFormat.openai, .anthropic] {
            _ = try? other.encodeRequest(request.prompt, from: format, model: "m")
        }
    }
    if let completion = try? format.decodeCompletion(bytes, parser: parser) {
        _ = format.encodeCompletion(completion, created: 0)
    }
    var events = CompletionEventDecoder(format)
    _ = try? events.decode(ServerSentEvent(data: bytes), parser: parser)
}

private func look(at text: String, to question: String, tools: [ToolDefinition]) {
    var prompt = Prompt(model: "auto", messages: [Message(role: .user, text: question)])
    prompt.tools = tools
    let features = FeatureExtractor().features(of: prompt)
    let taskClass = TaskClassifier.shipped.classify(features, prompt: prompt).taskClass
    let answer = Answer(to: prompt, taskClass: taskClass, text: text)
    let findings = Check.findings(on: answer, within: CheckBudget(.seconds(10)))
    precondition((0...1).contains(RightnessModel.shipped.probability(findings, prior: 0.5)))
}
