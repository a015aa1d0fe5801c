package import Catalog

/// A candidate that cannot answer.
package struct RefusedCandidate: Sendable {
    package let candidate: Candidate
    package let refusal: Refusal

    /// Why, in a sentence.
    package var reason: String { refusal.description }
}

/// Why a candidate cannot answer: put into words only for those who read it.
package enum Refusal: Hashable, Sendable, CustomStringConvertible {
    /// The model cannot do these.
    case incapable(of: Capabilities)
    /// The wire format cannot carry the request; the reason may end with a full stop or not.
    case inexpressible(format: String, reason: String)
    /// The client allows more output tokens than the model ever gives.
    case outputLimit(asked: Int, limit: Int)
    /// Input and output together are more than the model takes.
    case context(input: Int, output: Int, limit: Int)

    /// A sentence.
    package var description: String {
        switch self {
        case .incapable(let missing):
            return "It cannot do what is asked: \(missing.names)."
        case .inexpressible(let format, let reason):
            let stop = reason.hasSuffix(".") ? "" : "."
            return "The \(format) format cannot carry the request: \(reason)\(stop)"
        case .outputLimit(let asked, let limit):
            return "The client allows \(asked) output tokens, it gives at most \(limit)."
        case .context(let input, let output, let limit):
            return "Some \(input) input and \(output) output tokens do not fit its \(limit)."
        }
    }
}

extension Capabilities {
    fileprivate var names: String {
        let all: [(Capabilities, String)] = [
            (.tools, "tools"), (.vision, "images"), (.json, "JSON mode"), (.jsonSchema, "JSON Schema output"),
            (.reasoning, "reasoning"), (.audio, "audio"), (.documents, "documents"),
        ]
        return all.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
    }
}
