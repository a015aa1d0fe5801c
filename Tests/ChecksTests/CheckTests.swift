import Checks
import Dialogue
import Testing

@Suite struct CheckTests {
    private static let answer = Answer(
        to: Prompt(model: "auto", messages: [Message(role: .user, text: "Hi")]), taskClass: .conversation,
        text: "Hello.")

    @Test func `checks have names of their own`() {
        #expect(Set(Check.all.map(\.name)).count == Check.all.count)
    }

    @Test func `no check looks once the time is over`() {
        let findings = Check.findings(on: Self.answer, within: CheckBudget(.zero))
        #expect(findings.evidence.isEmpty)
    }
}
