internal import Cascade
internal import Catalog
internal import Certification
internal import Checks
internal import Dialogue
internal import JSON
internal import Routing
internal import TaskClasses

extension Explanation {
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
            writeStanding(to: &json)
            json.member("escalates_below", decision.guide == nil ? decision.escalation?.floor : nil)
            if let guide = decision.guide { json.member("cascade", object: { Self.write(guide, to: &$0) }) }
            if let judgement { json.member("answer", object: { Self.write(judgement, to: &$0) }) }
            json.member("input_tokens", decision.request.inputTokens)
            json.member("expected_output_tokens", decision.request.expectedOutputTokens)
            json.member("baseline", decision.plan.baseline?.candidate.model.name.text)
            json.member(
                "candidates",
                array: { list in
                    for planned in decision.plan.order { list.object { write(planned, to: &$0) } }
                })
            json.member(
                "refused",
                array: { list in
                    for refused in decision.plan.refused {
                        list.object { json in
                            json.member("model", refused.candidate.model.name.text)
                            json.member("provider", refused.candidate.provider.text)
                            json.member("reason", refused.reason)
                        }
                    }
                })
        }
        return json.bytes
    }

    private func writeStanding(to json: inout JSONWriter) {
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
    }

    private static func write(_ guide: CascadeGuide, to json: inout JSONWriter) {
        json.member("models", array: { list in guide.cascade.models.forEach { list.string($0) } })
        json.member("most_answers", guide.cascade.mostAnswers)
        json.member("value", guide.cascade.values[guide.policy])
        json.member("reason", guide.reason)
    }

    private static func write(_ judgement: Judgement, to json: inout JSONWriter) {
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
    }

    private func write(_ planned: PlannedCandidate, to json: inout JSONWriter) {
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
