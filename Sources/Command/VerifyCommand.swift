internal import Agreement
internal import Arguments
internal import Checks
internal import Dialogue
internal import Experience
internal import Features
internal import JSON
internal import Prediction
internal import Recordings
internal import TaskClasses

extension Subcommand {
    static let verify: Subcommand = Subcommand(
        "verify", summary: "Says for each answer of standard input how likely it is right, and why.",
        details: """
            Reads JSON lines {"id", "prompt", "response"}, where "response" is text or a list of tool calls; "tools",
            "schema" (the JSON Schema asked for), "task" and "finish" (such as "length") are taken into account where they
            stand. Writes, in the same order, {"id", "accept", "score", "evidence": [{"check", "verdict", "strength",
            "reason"}]}: score is the probability that the answer is right, accept is true from --floor on. With --predictor it
            goes by what farthing train learned from answers, of the "model" that a line names where it knows that.
            """,
        options: [floor, .predictor]
    ) { invocation throws(CommandFailure) in
        let verifier = AnswerVerifier(
            floor: try invocation.floor(floor) ?? 0.6, learned: try invocation.predictorContents(.predictor))
        do throws(RecordingsError) {
            try RecordingLines.read("/dev/stdin") { row in
                guard let line = verifier.line(row) else {
                    return "an answer needs `prompt` as text, and `response` as text or a list of tool calls"
                }
                print(line)
                return nil
            }
        } catch {
            throw .failed("\(error)")
        }
    }

    private static let floor = Option.value(
        "floor", "P", "The least probability of an answer to accept; 0.6 by default.")
}

extension Invocation {
    fileprivate func floor(_ option: Option) throws(CommandFailure) -> Double? {
        guard let text = self[option] else { return nil }
        guard let floor = Double(text), (0...1).contains(floor) else {
            throw .usage("--floor takes a probability from 0 to 1, not '\(text)'")
        }
        return floor
    }
}

/// Looks at recorded answers with every check.
private struct AnswerVerifier {
    let floor: Double
    let learned: LearnedContents?
    private let extractor = FeatureExtractor()

    init(floor: Double, learned: LearnedContents?) { (self.floor, self.learned) = (floor, learned) }

    /// The line to write for a line that was read; nil if it lacks what is needed.
    func line(_ row: JSONValue) -> String? {
        guard let text = row["prompt"]?.string, let response = row["response"].flatMap(RecordedAnswer.init) else {
            return nil
        }
        var prompt = RecordedRequest.prompt(text, tools: row["tools"])
        if let schema = row["schema"], schema.isObject {
            prompt.outputFormat = .schema(name: "answer", schema: Array(schema.raw), strict: false)
        }
        let features = extractor.features(of: prompt)
        let taskClass =
            row["task"]?.string.flatMap(TaskClass.init)
            ?? TaskClassifier.shipped.classify(features, prompt: prompt).taskClass
        let answer = Answer(
            to: prompt, taskClass: taskClass, text: response.text, toolCalls: response.toolCalls,
            finish: row["finish"].flatMap { $0.equals("length") ? .length : nil } ?? .stop)
        // Nobody waits: a busy machine shall change nothing.
        var findings = Check.findings(on: answer, within: CheckBudget(.seconds(1)))
        let opinion = learned?.opinion(
            of: AnswerSketch(
                of: answer, findings, saying: CanonicalAnswer(of: answer, with: extractor), with: extractor),
            to: PromptVector(features, taskClass: taskClass), model: row["model"]?.string)
        let score = opinion?.probability ?? RightnessModel.shipped.probability(findings)
        opinion?.evidence.forEach { findings.add($0) }
        var json = JSONWriter()
        json.object { json in
            json.key("id")
            if let id = row["id"] { json.value(id) } else { json.null() }
            json.member("accept", score >= floor)
            json.member("score", score)
            json.member(
                "evidence",
                array: { json in
                    for found in findings.evidence { Self.write(found, to: &json) }
                })
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func write(_ found: Evidence, to json: inout JSONWriter) {
        json.object { json in
            json.member("check", found.check)
            json.member("verdict", found.verdict == .unclear ? "cannot tell" : found.verdict.rawValue)
            json.member("strength", found.strength)
            json.member("reason", found.reason)
        }
    }
}
