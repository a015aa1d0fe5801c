import Dialogue
import JSON
import JSONSchema

extension Check {
    /// Whether an answer that must be JSON is, and fits the schema that was asked for.
    static let schema = Check(
        name: "structure.schema", applies: { $0.prompt.outputFormat != .text && $0.toolCalls.isEmpty }
    ) { answer, budget, findings in
        guard answer.text.utf8.count <= mostJSON else {
            findings.add(Evidence("structure.schema", .unclear, strength: 0.1, "it is too long to be parsed"))
            return
        }
        let text = Array(answer.text.utf8)[...].trimmed
        guard let document = try? JSONDocument.parse(Array(text)) else {
            findings.signals[.notJSON] = 1
            let isFenced = text.starts(with: "```".utf8)
            findings.add(
                Evidence(
                    "structure.schema", .fails, strength: 0.95,
                    isFenced ? "it is JSON in a code fence at best, where JSON was demanded" : "it is not JSON"))
            return
        }
        guard case .schema(_, let bytes, _) = answer.prompt.outputFormat else {
            if !document.root.isObject {
                findings.signals[.notJSON] = 1
                findings.add(Evidence("structure.schema", .fails, strength: 0.9, "it is JSON, but no object"))
            }
            return
        }
        // A schema that cannot be read is the client's to mend: it tells nothing of the answer.
        guard let schema = try? Schema(bytes) else { return }
        switch schema.verdict(on: document.root) {
        case .valid:
            findings.add(Evidence("structure.schema", .passes, strength: 0.3, "it fits the schema"))
        case .invalid(let violations):
            findings.signals[.schemaBroken] = 1
            for violation in violations {
                findings.add(
                    Evidence("structure.schema", .fails, strength: 0.95, violation.reason(whole: "the answer")))
            }
        case .unclear(let reason):
            findings.add(
                Evidence("structure.schema", .unclear, strength: 0.1, "it cannot be held to its schema: \(reason)"))
        }
    }

    /// Whether the arguments of tool calls fit their schemas, however deep.
    static let arguments = Check(
        name: "structure.arguments", applies: { !$0.toolCalls.isEmpty && !$0.prompt.tools.isEmpty }
    ) { answer, budget, findings in
        for call in answer.toolCalls.prefix(64) where !budget.isSpent {
            guard let tool = answer.prompt.tools.first(where: { $0.name == call.name }),
                call.arguments.utf8.count <= mostJSON,
                let document = try? JSONDocument.parse(call.arguments), let schema = try? Schema(tool.parameters),
                case .invalid(let violations) = schema.verdict(on: document.root)
            else { continue }
            findings.signals[.schemaBroken] = 1
            for violation in violations {
                findings.add(
                    Evidence(
                        "structure.arguments", .fails, strength: 0.9,
                        violation.reason(whole: "the arguments of `\(call.name)`")))
            }
        }
    }

    /// The longest JSON that is parsed, in bytes.
    private static let mostJSON = 1 << 20
}

extension SchemaViolation {
    fileprivate func reason(whole: String) -> String {
        let place = path.isEmpty ? whole : "`" + path.prefix(80) + "`"
        return "\(place) \(message)"
    }
}
