import Dialogue
import Ledger
import Testing

struct ExchangeOutcomesTests {
    private func exchange(_ attempts: [AttemptRecord]) -> ExchangeRecord {
        ExchangeRecord(
            id: ExchangeID("x"), arrival: 1, duration: 1, overhead: 1, caller: .anonymous, route: RouteName("auto"),
            requested: "auto", taskClass: .maths, format: "openai", streamed: false, status: 200,
            deliveredModel: ModelName("large"), deliveredProvider: ProviderName("p"), baselineModel: nil,
            baselineCost: nil, attempts: attempts, deliveredAttempt: 1,
            prompt: PromptSketch(features: [1], group: 7, propensity: 0.25, predicted: 0.5))
    }

    @Test(arguments: [
        (AttemptRecord.Likeness?.some(.same), 1.0, [1.0, 1.0]), (.same, 0, [0, 0]), (.same, 0.25, [0.25, 0.25]),
        (.different, 1, [1, 0]), (.different, 0, [0]), (.different, 0.75, [0.75]), (.unclear, 1, [1]), (nil, 0, [0]),
    ])
    func `a verdict tells of drafts what follows from it`(
        likeness: AttemptRecord.Likeness?, score: Double, scores: [Double]
    ) {
        let outcomes = exchange(AnswerStandingTests.escalation(likeness)).outcomes(.feedback, score: score, at: 9)
        #expect(outcomes.map(\.score) == scores)
        #expect(outcomes.map(\.id) == Array(["feedback/x", "feedback/x/0"].prefix(scores.count)))
        #expect(outcomes.map(\.model.text) == Array(["large", "tiny"].prefix(scores.count)))
        #expect(outcomes.map(\.prompt.propensity) == Array([0.25, 0].prefix(scores.count)))
        #expect(outcomes.dropFirst().allSatisfy { $0.prompt.predicted == nil && $0.weight == 0.5 })
    }

    @Test func `a model is told of once, and nothing where nothing was delivered`() {
        var attempts = AnswerStandingTests.escalation(.different)
        attempts[0].model = ModelName("large")
        #expect(exchange(attempts).outcomes(.review, score: 1, at: 9).map(\.id) == ["review/x"])
        var undelivered = exchange(attempts)
        undelivered.deliveredModel = nil
        #expect(undelivered.outcomes(.review, score: 1, at: 9).isEmpty)
    }
}
