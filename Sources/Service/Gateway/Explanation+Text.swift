internal import Cascade
internal import Catalog
internal import Certification
internal import Checks
internal import Dialogue
internal import Prediction
internal import Routing
internal import TaskClasses

extension Explanation {
    /// The decision as lines for a terminal.
    package var text: String {
        let sure = Int((decision.classification.confidence * 100).rounded())
        let lines =
            [
                "route      \(decision.route?.name.text ?? "none: the model is pinned")",
                "task       \(decision.classification.taskClass.rawValue) (\(sure) %): \(decision.classification.reason)",
                "needs      grade \(decision.plan.grade), about \(decision.request.inputTokens) tokens in and "
                    + "\(decision.request.expectedOutputTokens) out (estimated)",
            ] + candidateLines + memoryLines + refusedAndBaselineLines + [standingLine]
        let guided = decision.guide.map { guide in
            "cascade    at most \(guide.cascade.mostAnswers) of \(guide.cascade.models.joined(separator: ", ")), learned from "
                + "outcomes: \(guide.reason)"
        }
        return (lines + (guided.map { [$0] } ?? []) + (judgement.map(Self.lines) ?? [])).joined(separator: "\n")
    }

    private var candidateLines: [String] {
        decision.plan.order.enumerated().map { index, planned in
            let candidate = planned.candidate
            let grade = candidate.model.grade.map { "grade \($0)" } ?? "ungraded"
            let role = index == 0 ? "answers  " : "then     "
            let weak = planned.isStrongEnough ? "" : ", weaker than the task needs"
            return "\(role)  \(candidate.provider)/\(candidate.model.name)  \(grade), "
                + "$\(planned.estimatedCost) estimated\(weak)\(planned.expectation.map(Self.words) ?? "")"
        }
    }

    /// What is remembered, where it speaks against a candidate.
    private var memoryLines: [String] {
        decision.plan.order.compactMap { planned in
            guard let resemblance = resemblance(to: planned), resemblance.failures.count * 2 >= resemblance.of else {
                return nil
            }
            return "memory     \(planned.candidate.model.name): \(resemblance.words)"
        }
    }

    private var refusedAndBaselineLines: [String] {
        decision.plan.refused.map { refused in
            "refused    \(refused.candidate.provider)/\(refused.candidate.model.name)  \(refused.reason)"
        }
            + (decision.plan.baseline.map { baseline in
                ["baseline   \(baseline.candidate.model.name), $\(baseline.estimatedCost) estimated"]
            } ?? [])
    }

    private var standingLine: String {
        switch decision.knowledge?.standing {
        case .certified(let certificate):
            "quality    certified: at most \(Self.points(certificate.bound)) points below "
                + "\(certificate.policy.baseline), \(certificate.pairs) pairs, \(certificate.date)"
        case .live(let standing):
            "quality    certified while serving: at most \(Self.points(standing.bound)) points below the baseline, "
                + "\(standing.pairs) pairs; policy \(standing.certified) of \(standing.policies)"
        case .uncertified(let reason): "quality    uncertified: \(reason)"
        case nil: "quality    uncertified: grades decide, no outcomes of this route's models are known"
        }
    }

    private static func lines(_ judgement: Judgement) -> [String] {
        let right = Int((judgement.probability * 100).rounded())
        let weights = judgement.learnedFrom.map { "weights learned from \($0) judged answers" } ?? "shipped weights"
        return ["answer     right with \(right) % after what checks found, by \(weights)"]
            + judgement.findings.evidence.map { found in
                let verdict = found.verdict == .unclear ? "cannot tell" : found.verdict.rawValue
                return "           \(found.check) \(verdict): \(found.reason)"
            }
    }

    private static func words(_ expected: Expectation) -> String {
        let percent = { (share: Double) in "\(Int((share * 100).rounded()))" }
        var words = ", right with \(percent(expected.probability)) %"
        if let interval = expected.interval {
            words += " (\(percent(interval.lowerBound)) to \(percent(interval.upperBound)))"
        }
        let basis = expected.outcomes > 0 ? "\(expected.outcomes) outcomes" : expected.basis
        return words + ", \(basis)"
    }

    private static func points(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
