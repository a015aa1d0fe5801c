internal import Agreement
internal import Cascade
internal import Catalog
internal import Certification
internal import Checks
package import Dialogue
package import Features
package import JSON
internal import Prediction
internal import Routing
internal import TaskClasses
internal import WireFormats

/// A decision as people and programs read it.
package struct Explanation: Sendable {
    package let decision: Decision
    /// What checks make of an answer of the first candidate; nil without one.
    private let judgement: Judgement?

    package init(decision: Decision) {
        self.decision = decision
        judgement = nil
    }

    /// A decision, and what is made of an answer that its first candidate gave.
    package init(decision: Decision, of prompt: Prompt, answer: String?, with extractor: FeatureExtractor) {
        self.decision = decision
        judgement = answer.map { text in
            let answer = Answer(to: prompt, taskClass: decision.classification.taskClass, text: text)
            return Judgement(
                of: answer, saying: CanonicalAnswer(of: answer, with: extractor), by: decision.plan.order.first,
                decision, with: extractor)
        }
    }

    /// Reads `{"prompt": text, "model": route}` or a whole chat request in OpenAI's format.
    ///
    /// - Throws: what is wrong with the body.
    package static func prompt(from body: [UInt8], parser: JSONParser) throws(APIFailure) -> Prompt {
        let document: JSONDocument
        do {
            document = try parser.parse(body)
        } catch {
            throw APIFailure(.invalidRequest, status: 400, message: error.description)
        }
        if document.root["messages"] != nil {
            return try WireFormat.openai.decodeRequest(body, parser: parser).prompt
        }
        guard let text = document.root["prompt"]?.string else {
            throw APIFailure(
                .invalidRequest, status: 400,
                message: "give a \"prompt\" as text, or \"messages\" as in a chat request",
                parameter: "prompt")
        }
        return Prompt(
            model: document.root["model"]?.string ?? "auto", messages: [Message(role: .user, text: text)])
    }

    /// The decision as a JSON object.
    package var json: [UInt8] {
        var json = JSONWriter(capacity: 2048)
        json.object { json in
            json.member("route", decision.route?.name.text)
            json.member("task", decision.classification.taskClass.rawValue)
            json.member("confidence", decision.classification.confidence)
            json.member("reason", decision.classification.reason)
            json.member("grade", decision.plan.grade)
            json.member(
                "decided_by", decision.waits ? "until_certified" : decision.knowledge == nil ? "grades" : "outcomes")
            switch decision.knowledge?.standing {
            case .certified(let certificate):
                json.member("certified", true)
                json.member("bound", certificate.bound)
                json.member("value", certificate.policy.value)
            case .live(let standing):
                json.member("certified", true)
                json.member("bound", standing.bound)
                json.member("certified_policies", standing.certified)
                json.member("pairs", standing.pairs)
            case .uncertified(let reason):
                json.member("certified", false)
                json.member("uncertified_because", reason)
            case nil:
                json.member("certified", false)
            }
            json.member("escalates_below", decision.guide == nil ? decision.escalation?.floor : nil)
            if let guide = decision.guide {
                json.member(
                    "cascade",
                    object: { json in
                        json.member("models", array: { list in guide.cascade.models.forEach { list.string($0) } })
                        json.member("most_answers", guide.cascade.mostAnswers)
                        json.member("value", guide.cascade.values[guide.policy])
                        json.member("reason", guide.reason)
                    })
            }
            if let judgement {
                json.member(
                    "answer",
                    object: { json in
                        json.member("p", judgement.probability)
                        json.member("weights", judgement.learnedFrom == nil ? "shipped" : "learned")
                        json.member("learned_from", judgement.learnedFrom)
                        json.member(
                            "evidence",
                            array: { list in
                                for found in judgement.findings.evidence {
                                    list.object { json in
                                        json.member("check", found.check)
                                        json.member("verdict", found.verdict.rawValue)
                                        json.member("strength", found.strength)
                                        json.member("reason", found.reason)
                                    }
                                }
                            })
                    })
            }
            json.member("input_tokens", decision.request.inputTokens)
            json.member("expected_output_tokens", decision.request.expectedOutputTokens)
            json.member("baseline", decision.plan.baseline?.candidate.model.name.text)
            json.member(
                "candidates",
                array: { json in
                    for planned in decision.plan.order {
                        json.object { json in
                            json.member("model", planned.candidate.model.name.text)
                            json.member("provider", planned.candidate.provider.text)
                            json.member("grade", planned.candidate.model.grade)
                            json.member("expected_output_tokens", planned.usage.output)
                            json.member("expected_cached_tokens", planned.usage.cacheRead)
                            json.member("estimated_cost", planned.estimatedCost.description)
                            json.member("strong_enough", planned.isStrongEnough)
                            if let expected = planned.expectation {
                                json.member("p", expected.probability)
                                if let interval = expected.interval {
                                    json.member("p_low", interval.lowerBound)
                                    json.member("p_high", interval.upperBound)
                                }
                                json.member("lead", expected.lead)
                                json.member("outcomes", expected.outcomes)
                                if expected.outcomes == 0 { json.member("basis", expected.basis) }
                            }
                            if let resemblance = resemblance(to: planned) {
                                json.member("resembles", object: { resemblance.write(to: &$0) })
                            }
                        }
                    }
                })
            json.member(
                "refused",
                array: { json in
                    for refused in decision.plan.refused {
                        json.object { json in
                            json.member("model", refused.candidate.model.name.text)
                            json.member("provider", refused.candidate.provider.text)
                            json.member("reason", refused.reason)
                        }
                    }
                })
        }
        return json.bytes
    }

    /// The decision as lines for a terminal.
    package var text: String {
        let sure = Int((decision.classification.confidence * 100).rounded())
        let plan = decision.plan
        var lines = [
            "route      \(decision.route?.name.text ?? "none: the model is pinned")",
            "task       \(decision.classification.taskClass.rawValue) (\(sure) %): \(decision.classification.reason)",
            "needs      grade \(plan.grade), about \(decision.request.inputTokens) tokens in and "
                + "\(decision.request.expectedOutputTokens) out (estimated)",
        ]
        for (index, planned) in plan.order.enumerated() {
            let candidate = planned.candidate
            let grade = candidate.model.grade.map { "grade \($0)" } ?? "ungraded"
            let role = index == 0 ? "answers  " : "then     "
            let weak = planned.isStrongEnough ? "" : ", weaker than the task needs"
            lines.append(
                "\(role)  \(candidate.provider)/\(candidate.model.name)  \(grade), "
                    + "$\(planned.estimatedCost) estimated\(weak)\(planned.expectation.map(Self.words) ?? "")")
        }
        for planned in plan.order {
            // Where it speaks against a candidate.
            guard let resemblance = resemblance(to: planned), resemblance.failures.count * 2 >= resemblance.of else {
                continue
            }
            lines.append("memory     \(planned.candidate.model.name): \(resemblance.words)")
        }
        for refused in plan.refused {
            lines.append("refused    \(refused.candidate.provider)/\(refused.candidate.model.name)  \(refused.reason)")
        }
        if let baseline = plan.baseline {
            lines.append("baseline   \(baseline.candidate.model.name), $\(baseline.estimatedCost) estimated")
        }
        switch decision.knowledge?.standing {
        case .certified(let certificate):
            lines.append(
                "quality    certified: at most \(Self.points(certificate.bound)) points below "
                    + "\(certificate.policy.baseline), \(certificate.pairs) pairs, \(certificate.date)")
        case .live(let standing):
            lines.append(
                "quality    certified while serving: at most \(Self.points(standing.bound)) points below the baseline, "
                    + "\(standing.pairs) pairs; policy \(standing.certified) of \(standing.policies)")
        case .uncertified(let reason): lines.append("quality    uncertified: \(reason)")
        case nil: lines.append("quality    uncertified: grades decide, no outcomes of this route's models are known")
        }
        if let guide = decision.guide {
            lines.append(
                "cascade    at most \(guide.cascade.mostAnswers) of \(guide.cascade.models.joined(separator: ", ")), learned from "
                    + "outcomes: \(guide.reason)")
        }
        lines += judgement.map(Self.lines) ?? []
        return lines.joined(separator: "\n")
    }

    private func resemblance(to planned: PlannedCandidate) -> Resemblance? {
        decision.knowledge?.resemblance(of: decision.prompt, to: planned.candidate)
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
