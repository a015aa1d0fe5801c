internal import Agreement
internal import Checks
internal import Dialogue
internal import Experience
internal import Features
internal import JSON
internal import Prediction
internal import Recordings
internal import TaskClasses

/// Looks at recorded answers with every check.
struct AnswerVerifier {
    let floor: Double
    let learned: LearnedContents?
    private let extractor = FeatureExtractor()

    init(floor: Double, learned: LearnedContents?) { (self.floor, self.learned) = (floor, learned) }

    /// The line to write for one of the answers of a line that was read.
    func line(on given: VerifiableLine.Answer, in read: VerifiableLine) -> String {
        let features = extractor.features(of: read.prompt)
        let taskClass =
            read.task ?? TaskClassifier.shipped.classify(features, prompt: read.prompt).taskClass
        var answer = Answer(
            to: read.prompt, taskClass: taskClass, text: given.response.text, toolCalls: given.response.toolCalls,
            finish: read.finish)
        // Nobody waits for it as a client does.
        var findings = Check.findings(on: &answer, within: CheckBudget(.seconds(1)))
        let opinion = learned?.opinion(
            of: AnswerSketch(
                of: answer, findings, saying: CanonicalAnswer(of: &answer, with: extractor), with: extractor),
            to: PromptVector(features, taskClass: taskClass), model: given.model)
        let score = opinion?.probability ?? RightnessModel.shipped.probability(findings)
        opinion?.evidence.forEach { findings.add($0) }
        var json = JSONWriter()
        json.object { json in
            json.member("id", raw: read.id)
            if read.isRecordedRow { json.member("model", given.model) }
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
