internal import Agreement
internal import Catalog
internal import Checks
internal import Dialogue
internal import Experience
internal import Features
internal import Ledger
internal import Routing

/// What checks made of an answer.
struct Judgement: Sendable {
    /// The calibrated probability that the answer is right.
    private(set) var probability: Double
    private(set) var findings: Findings
    /// What is kept of the answer to learn from; nil for the beginning of one.
    private(set) var sketch: AnswerSketch?
    /// How many judged answers the weights were learned from; nil where the shipped ones speak.
    private(set) var learnedFrom: Int?
    /// What the answer says, whatever its wording; nil where nobody compares it.
    private(set) var canonical: CanonicalAnswer?

    /// Looks at a candidate's answer, which says `canonical`, with the checks and with what the decision knows of such answers; with
    /// nil it is looked at with the checks alone, and nothing is kept of it.
    init(
        of answer: inout Answer, saying canonical: CanonicalAnswer?, by planned: PlannedCandidate?,
        _ decision: Decision,
        with extractor: FeatureExtractor
    ) {
        findings = Check.findings(on: &answer, within: CheckBudget())
        let prior = planned?.expectation?.probability
        probability = RightnessModel.shipped.probability(
            findings, prior: prior, trust: RightnessModel.trust(inOutcomes: planned?.expectation?.outcomes ?? 0))
        guard let canonical else { return }
        let sketch = AnswerSketch(
            of: answer, findings, saying: canonical, askTokens: decision.askTokens, with: extractor)
        self.sketch = sketch
        guard let known = decision.answers else { return }
        let opinion = known.opinion(
            of: sketch, to: decision.prompt, model: planned?.candidate.predictorNames ?? [], prior: prior)
        opinion.evidence.forEach { findings.add($0) }
        probability = opinion.probability ?? probability
        learnedFrom = known.learnedFrom
    }

    /// The judgement by what was learned of the answer's model: `learned` is nil where nothing was.
    func by(_ learned: Double?, saying canonical: CanonicalAnswer) -> Judgement {
        var judgement = self
        judgement.canonical = canonical
        judgement.probability = learned ?? probability
        return judgement
    }

    /// Looks at the beginning of an answer: it is as good as the worst that is said of it.
    init(ofBeginning answer: Answer) {
        var answer = answer
        findings = Check.findings(on: &answer, within: CheckBudget(), checks: Check.ofBeginnings)
        probability = 1 - (findings.evidence.filter { $0.verdict == .fails }.map(\.strength).max() ?? 0)
    }

    /// Notes it on the attempt that brought the answer.
    func note(on attempt: inout AttemptRecord) {
        attempt.verdict = record
        attempt.sketch = sketch?.encoded
    }

    /// As it goes into the ledger: without reasons, which may quote the answer.
    private var record: VerdictRecord {
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
