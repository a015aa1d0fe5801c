internal import Agreement
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
    let judgement: Judgement?

    package init(decision: Decision) {
        self.decision = decision
        judgement = nil
    }

    /// A decision, and what is made of an answer that its first candidate gave.
    package init(decision: Decision, of prompt: Prompt, answer: String?, with extractor: FeatureExtractor) {
        self.decision = decision
        judgement = answer.map { text in
            var answer = Answer(to: prompt, taskClass: decision.classification.taskClass, text: text)
            let canonical = CanonicalAnswer(of: &answer, with: extractor)
            return Judgement(
                of: &answer, saying: canonical, by: decision.plan.order.first,
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

    /// The failures in memory that the prompt is like; nil where there is no memory of that model.
    func resemblance(to planned: PlannedCandidate) -> Resemblance? {
        decision.knowledge?.resemblance(of: decision.prompt, to: planned.candidate)
    }
}
