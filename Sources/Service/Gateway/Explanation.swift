internal import Catalog
package import Dialogue
package import JSON
internal import Routing
internal import TaskClasses
internal import WireFormats

/// A decision as people and programs read it.
package struct Explanation: Sendable {
    package let decision: Decision

    package init(decision: Decision) {
        self.decision = decision
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
                            json.member("estimated_cost", planned.estimatedCost.description)
                            json.member("strong_enough", planned.isStrongEnough)
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
                    + "$\(planned.estimatedCost) estimated\(weak)")
        }
        for refused in plan.refused {
            lines.append("refused    \(refused.candidate.provider)/\(refused.candidate.model.name)  \(refused.reason)")
        }
        if let baseline = plan.baseline {
            lines.append("baseline   \(baseline.candidate.model.name), $\(baseline.estimatedCost) estimated")
        }
        return lines.joined(separator: "\n")
    }
}
