internal import Agreement
internal import Cascade
internal import Checks
internal import Dialogue
internal import Experience
internal import Features
internal import Recordings

/// A recorded answer, looked at: numbers, and what it comes to.
struct LookedAnswer {
    /// The stored form of its sketch; nil where nobody asked for it.
    let sketch: [UInt8]?
    let evidence: AnswerEvidence
    let canonical: CanonicalAnswer

    /// A sketch takes as long as a third of the checks.
    init(
        _ recorded: RecordedAnswer, to prompt: Prompt, taskClass: TaskClass, with extractor: FeatureExtractor,
        sketches: Bool
    ) {
        var answer = Answer(to: prompt, taskClass: taskClass, text: recorded.text, toolCalls: recorded.toolCalls)
        // What is learned may not depend on how busy the machine is: no time limit that could be met.
        let findings = Check.findings(on: &answer, within: CheckBudget(.seconds(60)))
        canonical = CanonicalAnswer(of: &answer, with: extractor)
        evidence = AnswerEvidence(findings)
        sketch = sketches ? AnswerSketch(of: answer, findings, saying: canonical, with: extractor).encoded : nil
    }
}
