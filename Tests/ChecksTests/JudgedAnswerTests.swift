import Checks
import Dialogue
import Foundation
import JSON
import Recordings
import Testing

/// A question of `Fixtures` with answers to it that are right, and some that are not and can be told so.
struct JudgedQuestion: Sendable, CustomTestStringConvertible {
    struct Given: Sendable {
        let written: String
        let answer: Answer
    }

    let testDescription: String
    let right: [Given]
    let wrong: [Given]

    init?(_ row: JSONValue) {
        guard let prompt = RecordedRequest.prompt(of: row) else { return nil }
        testDescription = String(prompt.messages.last?.text.prefix(60) ?? "")
        func answers(_ name: String) -> [Given] {
            (row[member: name]?.elements.map(Array.init) ?? []).compactMap { response in
                RecordedAnswer(response).map { read in
                    Given(
                        written: String(decoding: response.raw, as: UTF8.self),
                        answer: Answer(to: prompt, taskClass: .unknown, text: read.text, toolCalls: read.toolCalls))
                }
            }
        }
        (right, wrong) = (answers("right"), answers("wrong"))
    }

    static func all(_ name: String) -> [JudgedQuestion] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).jsonl")
        let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.compactMap { (try? JSONDocument.parse(Array($0.utf8)))?.root }.compactMap(JudgedQuestion.init)
    }
}

struct JudgedAnswerTests {
    @Test func `the fixtures are there`() {
        #expect(JudgedQuestion.all("solutions").count > 50)
        #expect(JudgedQuestion.all("calls").count > 20)
    }

    @Test(arguments: JudgedQuestion.all("solutions") + JudgedQuestion.all("calls"))
    func `nothing is held against a right answer, and something against a wrong one`(_ question: JudgedQuestion) {
        for (isRight, answers) in [(true, question.right), (false, question.wrong)] {
            for given in answers {
                let found = findings(on: given.answer)
                let faults = found.evidence.filter { $0.verdict == .fails }
                #expect(faults.isEmpty == isRight, "\(given.written): \(faults.map(\.reason))")
            }
        }
    }
}
