import Checks
import Dialogue
import Testing
import Threads

@Suite struct CheckTests {
    private static let answer = Answer(
        to: Prompt(model: "auto", messages: [Message(role: .user, text: "Hi")]), taskClass: .conversation,
        text: "Hello.")

    @Test func `checks have names of their own`() {
        #expect(Set(Check.all.map(\.name)).count == Check.all.count)
    }

    @Test func `what the question demands counts where nothing was expected, and not beside a prior`() {
        let model = RightnessModel(intercept: 1, weights: [.askLength: -2, .logLength: -1])
        var (usual, long) = (SignalVector(), SignalVector())
        for signal: Signal in [.logLength] { (usual[signal], long[signal]) = (0.5, 0.5) }
        long[.askLength] = 1
        #expect(model.probability(long) < model.probability(usual))
        #expect(model.probability(long, prior: 0.7) == model.probability(usual, prior: 0.7))
    }

    @Test func `no check looks once the time is over`() {
        let findings = findings(on: Self.answer, within: .zero)
        #expect(findings.evidence.isEmpty)
    }

    @Test func `the time of other threads is not spent`() {
        let budget = CheckBudget(.milliseconds(20))
        // Takes longer than that, and is waited for.
        ServiceThread(name: "other") { _ = findings(String(repeating: "1 + 1 = 2 ", count: 20_000)) }.join()
        let isSpent = budget.isSpent
        #expect(!isSpent)
    }
}
