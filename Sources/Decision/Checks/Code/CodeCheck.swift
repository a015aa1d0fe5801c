import Dialogue

extension Check {
    /// What an answer's code tells of it.
    static let code = Check(name: "code", applies: { CodeBlock.mayStand(in: $0.bytes, $0.marks) }) {
        answer, budget, findings in
        let code = AnswerCode(answer, within: budget)
        let signals = findings.signals
        for rule in CodeRule.all where !budget.isSpent { rule.look(code, answer, &findings) }
        // Beside tools, code is a call that went astray, which others look at.
        if !answer.prompt.tools.isEmpty { findings.signals = signals }
    }
}

/// One way of looking at the code of an answer.
///
/// To add one, write its file and a line in ``all``.
struct CodeRule: Sendable {
    let look: @Sendable (AnswerCode, Answer, inout Findings) -> Void

    static let all: [CodeRule] = [.syntax, .asked, .names, .returns]
}
