package import Dialogue

/// How long an answer is expected to be before anything was learned.
package enum ExpectedOutput {
    /// Output tokens by task class, never more than the client's own limit.
    package static func tokens(for taskClass: TaskClass, limit: Int?) -> Int {
        let typical =
            switch taskClass {
            case .classification: 20
            case .extraction: 120
            case .conversation, .factual: 200
            case .summarisation, .translation, .support: 250
            case .rewriting: 300
            case .agentic: 300
            case .maths, .unknown: 400
            case .code: 500
            case .reasoning: 600
            case .creative: 700
            }
        return limit.map { min(typical, max(0, $0)) } ?? typical
    }
}
