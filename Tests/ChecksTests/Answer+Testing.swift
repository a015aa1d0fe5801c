import Checks
import Dialogue

/// What all checks find in an answer to a question.
func findings(
    _ text: String, to question: String = "What is it?", finish: FinishReason = .stop, tokens: [TokenProbability] = [],
    taskClass: TaskClass = .unknown, within time: Duration = .seconds(60)
) -> Findings {
    let prompt = Prompt(model: "auto", messages: [Message(role: .user, text: question)])
    return findings(
        on: Answer(to: prompt, taskClass: taskClass, text: text, finish: finish, tokens: tokens), within: time)
}

/// What all checks find in an answer.
func findings(on answer: Answer, within time: Duration = .seconds(60), checks: [Check] = Check.all) -> Findings {
    var answer = answer
    return Check.findings(on: &answer, within: CheckBudget(time), checks: checks)
}

extension Findings {
    /// What a check says, the worst first.
    func verdict(_ check: String) -> Verdict? {
        let verdicts = evidence.filter { $0.check == check }.map(\.verdict)
        return [.fails, .unclear, .passes].first { verdicts.contains($0) }
    }

    func has(_ signal: Signal) -> Bool { signals[signal] > 0 }
}
