/// One way of looking at an answer: fast, pure, bounded in time and memory for any input.
///
/// To add one, write its file and a line in ``all``.
package struct Check: Sendable {
    /// Such as `structure.schema`: a family and what it looks at.
    package let name: String
    /// Whether it has anything to say of such an answer; cheap.
    let applies: @Sendable (Answer) -> Bool
    /// Adds evidence and signals, reading what ``Answer`` has read for all; stops early, saying nothing more, once the budget is spent.
    let look: @Sendable (inout Answer, borrowing CheckBudget, inout Findings) -> Void

    /// Every check, in the order in which they look.
    package static let all: [Check] = [
        .ending, .repetition, .tone, .format, .language, .ask,
        .steps, .finalAnswer, .option, .askedValue,
        .schema, .toolCall, .arguments, .grounding, .callChoice,
        .code, .logProbability,
    ]

    /// Those that can look at the beginning of an answer whose end is not there yet.
    package static let ofBeginnings: [Check] = [.repetition, .tone, .language]

    /// Has every check look that applies; what they read stays in the answer for whoever reads it next.
    package static func findings(
        on answer: inout Answer, within budget: borrowing CheckBudget, checks: [Check] = all
    ) -> Findings {
        var findings = Findings()
        for check in checks where check.applies(answer) && !budget.isSpent { check.look(&answer, budget, &findings) }
        return findings
    }
}
