import Catalog
import Dialogue
import Routing
import Testing

private func candidate(
    _ name: String, grade: Int?, input: Int64, output: Int64, can: Capabilities = [.tools, .json], context: Int? = nil,
    maxOutput: Int? = nil, format: String = "openai"
) -> Candidate {
    let prices = ModelPrices(input: Picodollars(input), output: Picodollars(output))
    let model = CatalogModel(
        name: ModelName(name), provider: ProviderName("p"), grade: grade, prices: prices, contextTokens: context,
        maxOutputTokens: maxOutput, capabilities: can)
    return Candidate(
        model: model, provider: ProviderName("p"), upstreamName: name, format: format, prices: prices)
}

private let small = candidate("small", grade: 1, input: 100_000, output: 400_000, maxOutput: 4096)
private let middle = candidate(
    "middle", grade: 3, input: 500_000, output: 2_000_000, can: [.tools, .jsonSchema], context: 8000)
private let large = candidate(
    "large", grade: 5, input: 3_000_000, output: 15_000_000, can: [.tools, .vision, .jsonSchema], format: "anthropic")

private func request(
    _ taskClass: TaskClass, input: Int = 1000, limit: Int? = nil, needs: Capabilities = [],
    obstacles: [String: String] = [:]
) -> PlanRequest {
    PlanRequest(
        taskClass: taskClass, inputTokens: input,
        expectedOutputTokens: ExpectedOutput.tokens(for: taskClass, limit: limit),
        maxOutputTokens: limit, needs: needs, obstacles: obstacles)
}

private func plan(_ request: PlanRequest, _ candidates: [Candidate] = [large, small, middle], baseline: Int? = nil)
    -> Plan
{
    Policy.plan(request, route: Route(name: RouteName("auto"), candidates: candidates, baseline: baseline))
}

struct PolicyTests {
    @Test(arguments: [
        (TaskClass.classification, ["small", "middle", "large"]), (.code, ["middle", "large", "small"]),
        (.reasoning, ["large", "middle", "small"]), (.unknown, ["middle", "large", "small"]),
    ])
    func `asks the cheapest that is strong enough, then dearer ones, then weaker ones`(
        _ taskClass: TaskClass, _ order: [String]
    ) {
        let plan = plan(request(taskClass))
        #expect(plan.order.map(\.candidate.model.name.text) == order)
        #expect(plan.order.allSatisfy { $0.isStrongEnough == ($0.candidate.model.grade ?? 1 >= plan.grade) })
    }

    @Test(
        arguments: [
            (request(.factual, needs: .vision), ["large"], "It cannot do what is asked: images."),
            (
                request(.factual, needs: .jsonSchema), ["middle", "large"],
                "It cannot do what is asked: JSON Schema output."
            ),
            (request(.factual, needs: .json), ["middle", "large", "small"], nil),
            (
                request(.factual, input: 7900), ["large", "small"],
                "Some 7900 input and 200 output tokens do not fit its 8000."
            ),
            (
                request(.factual, limit: 5000), ["middle", "large"],
                "The client allows 5000 output tokens, it gives at most 4096."
            ),
            (
                request(.factual, obstacles: ["anthropic": "logprobs has no counterpart"]), ["middle", "small"],
                "The anthropic format cannot carry the request: logprobs has no counterpart."
            ),
            (
                request(.factual, obstacles: ["anthropic": "n: Send the request several times instead."]),
                ["middle", "small"],
                "The anthropic format cannot carry the request: n: Send the request several times instead."
            ),
        ] as [(PlanRequest, [String], String?)])
    func `refuses whom the request does not fit and says why`(
        _ request: PlanRequest, _ order: [String], _ reason: String?
    ) {
        let plan = plan(request)
        #expect(plan.order.map(\.candidate.model.name.text) == order)
        #expect(plan.refused.first?.reason == reason)
    }

    @Test func `estimates the cost from input and expected output`() {
        let plan = plan(request(.classification))
        #expect(plan.order[0].estimatedCost == Nanodollars((1000 * 100_000 + 20 * 400_000) / 1000))
    }

    @Test func `compares with the dearest able candidate unless the route says otherwise`() {
        #expect(plan(request(.factual)).baseline?.candidate == large)
        #expect(plan(request(.factual), baseline: 2).baseline?.candidate == middle)
        #expect(plan(request(.factual, obstacles: ["anthropic": "x"])).baseline?.candidate == middle)
        #expect(plan(request(.factual, needs: .reasoning), baseline: 2).baseline == nil)
    }

    @Test func `decides ties by grade, then by name, whatever the order of candidates`() {
        let a = candidate("a", grade: 2, input: 10, output: 10)
        let b = candidate("b", grade: 2, input: 10, output: 10)
        let strong = candidate("z", grade: 3, input: 10, output: 10)
        for candidates in [[a, b, strong], [strong, b, a], [b, strong, a]] {
            #expect(plan(request(.factual), candidates).order.map(\.candidate) == [strong, a, b])
        }
    }

    @Test func `takes an ungraded model for a workhorse`() {
        let unknown = candidate("unknown", grade: nil, input: 1, output: 1)
        #expect(plan(request(.code), [unknown, middle]).order.map(\.candidate) == [middle, unknown])
        #expect(plan(request(.conversation), [unknown, middle]).order.map(\.candidate) == [unknown, middle])
    }

    @Test func `expects no more output than the client allows`() {
        #expect(ExpectedOutput.tokens(for: .creative, limit: 50) == 50)
        #expect(TaskClass.allCases.allSatisfy { ExpectedOutput.tokens(for: $0, limit: nil) > 0 })
    }

    private static func expect(_ pairs: [(p: Double, lead: Double, outcomes: Int)]) -> [Routing.Expectation] {
        pairs.map { Routing.Expectation(probability: $0.p, lead: $0.lead, outcomes: $0.outcomes) }
    }

    // In the order large, small, middle; a call of 1,000 tokens costs $0.0033, $0.00011 and $0.00054 or so.
    @Test(
        arguments: [
            // The cheapest within two points comes first, then the others within, then by what they lose.
            (Aim.careful(loss: 0.02), [0.0, -0.01, -0.3], ["small", "large", "middle"]),
            (.careful(loss: 0.02), [0, -0.03, -0.02], ["middle", "large", "small"]),
            (.careful(loss: 0.02), [0, -0.03, -0.04], ["large", "small", "middle"]),
            // Ten points for two dollars are worth the dearest, for half a cent they are not.
            (.utility(value: 2), [0, -0.1, -0.05], ["large", "middle", "small"]),
            (.utility(value: 0.005), [0, -0.1, -0.05], ["small", "middle", "large"]),
            (.utility(value: 0.01), [0, -0.3, -0.05], ["middle", "small", "large"]),
        ] as [(Aim, [Double], [String])])
    func `goes by what is expected of each`(_ aim: Aim, _ leads: [Double], _ order: [String]) {
        let expectations = Self.expect(leads.map { (0.8 + $0, $0, 500) })
        let plan = Policy.plan(
            request(.classification), route: Route(name: RouteName("auto"), candidates: [large, small, middle]),
            aim: aim, expectations: expectations)
        #expect(plan.order.map(\.candidate.model.name.text) == order)
        #expect(plan.order.first?.expectation?.outcomes == 500)
    }

    @Test func `a model without outcomes needs the grade, and any model one that the operator demands`() {
        var expectations = Self.expect([(0.8, 0, 500), (0.9, 0.1, 0), (0.8, 0, 500)])
        let route = Route(name: RouteName("auto"), candidates: [large, small, middle])
        let aim = Aim.utility(value: 0.1)
        var plan = Policy.plan(request(.code), route: route, aim: aim, expectations: expectations)
        #expect(plan.order.map(\.candidate.model.name.text) == ["middle", "large", "small"])
        expectations[1].outcomes = 60
        plan = Policy.plan(request(.code), route: route, aim: aim, expectations: expectations)
        #expect(plan.order.first?.candidate == small)
        var strict = route
        strict.grades = GradeTable([.code: 5])
        plan = Policy.plan(request(.code), route: strict, aim: aim, expectations: expectations)
        #expect(plan.order.first?.candidate == large)
    }

    @Test func `a cost that is known better counts in place of the price`() {
        var expectations = Self.expect([(0.8, 0, 500), (0.8, 0, 500), (0.8, 0, 500)])
        expectations[1].cost = 1
        let plan = Policy.plan(
            request(.code), route: Route(name: RouteName("auto"), candidates: [large, small, middle]),
            aim: .utility(value: 0.1), expectations: expectations)
        #expect(plan.order.map(\.candidate.model.name.text) == ["middle", "large", "small"])
    }

    @Test func `one asked first leaves the others in order`() {
        let plan = plan(request(.classification)).asking(first: 2)
        #expect(plan.order.map(\.candidate.model.name.text) == ["large", "small", "middle"])
    }
}
