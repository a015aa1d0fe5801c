internal import Checks
internal import Dialogue
internal import Ledger

/// What checks made of an answer.
struct Judgement: Sendable {
    /// The calibrated probability that the answer is right.
    let probability: Double
    let findings: Findings

    /// Looks at an answer; `prior` is the probability that was expected of the model before it answered, if one was.
    init(of answer: Answer, prior: Double?) {
        findings = Check.findings(on: answer, within: CheckBudget())
        probability = RightnessModel.shipped.probability(findings, prior: prior)
    }

    /// Looks at the beginning of an answer: it is as good as the worst that is said of it.
    init(ofBeginning answer: Answer) {
        findings = Check.findings(on: answer, within: CheckBudget(), checks: Check.ofBeginnings)
        probability = 1 - (findings.evidence.filter { $0.verdict == .fails }.map(\.strength).max() ?? 0)
    }

    /// As it goes into the ledger: without reasons, which may quote the answer.
    var record: VerdictRecord {
        VerdictRecord(
            probability: probability,
            evidence: findings.evidence.map {
                CheckRecord(check: $0.check, verdict: $0.verdict.rawValue, strength: $0.strength)
            })
    }
}

extension VerdictRecord {
    /// The verdict in a line for the `x-farthing-verdict` header.
    var summary: String {
        let right = "right with \(Int((probability * 100).rounded())) %"
        let against = evidence.filter { $0.verdict == Verdict.fails.rawValue }.map(\.check)
        return against.isEmpty ? right : right + "; against it: " + Set(against).sorted().joined(separator: ", ")
    }
}

extension Completion {
    /// The answer as checks look at it.
    func answer(to prompt: Prompt, taskClass: TaskClass) -> Answer {
        Answer(to: prompt, taskClass: taskClass, text: text, toolCalls: toolCalls, finish: finish, tokens: tokens)
    }

    /// The answer's words, those of a refusal among them.
    var text: String {
        content.reduce(into: "") { text, part in
            switch part {
            case .text(let more), .refusal(let more): text += more
            case .toolCall, .thinking, .image, .toolResult, .other: break
            }
        }
    }

    var toolCalls: [ToolCall] {
        content.compactMap { part in
            if case .toolCall(let call) = part { call } else { nil }
        }
    }
}
