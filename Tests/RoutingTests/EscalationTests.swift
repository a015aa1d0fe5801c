import Catalog
import Dialogue
import Routing
import Testing

private func candidate(_ name: String, grade: Int, price: Int64) -> Candidate {
    let prices = ModelPrices(input: Picodollars(price), output: Picodollars(price))
    let model = CatalogModel(
        name: ModelName(name), provider: ProviderName("p"), grade: grade, prices: prices, contextTokens: nil,
        maxOutputTokens: nil, capabilities: [])
    return Candidate(
        model: model, provider: ProviderName("p"), upstreamName: name, format: "openai", prices: prices)
}

/// The cheapest first, whatever its grade.
private let route = Route(
    name: RouteName("auto"),
    candidates: [
        candidate("small", grade: 1, price: 1_000_000), candidate("middle", grade: 3, price: 2_000_000),
        candidate("other", grade: 3, price: 3_000_000), candidate("large", grade: 5, price: 9_000_000),
    ],
    grades: GradeTable([.factual: 1]))

private func plan(_ p: [Double] = [], _ aim: Aim = .grade) -> Plan {
    let request = PlanRequest(
        taskClass: .factual, inputTokens: 500, expectedOutputTokens: 500, maxOutputTokens: nil, needs: [])
    return Policy.plan(
        request, route: route, aim: aim,
        expectations: p.map {
            Routing.Expectation(probability: $0, lead: $0 - 0.9, outcomes: 100)
        })
}

private func draft(_ place: Int, _ p: Double, cost: Int64 = 1000) -> Draft {
    Draft(place: place, probability: p, cost: Nanodollars(cost))
}

struct EscalationTests {
    private let policy = EscalationPolicy(floor: 0.4, mostAnswers: 3)

    @Test(
        arguments: [
            ([], [], .ask(0)), ([draft(0, 0.5)], [0], .deliver(0)), ([draft(0, 0.4)], [0], .deliver(0)),
            ([draft(0, 0.3)], [0], .ask(1)), ([], [0], .ask(1)),
            // The next grade that is left, not a model of the same.
            ([draft(0, 0.3)], [0, 1], .ask(2)), ([draft(1, 0.3)], [0, 1], .ask(3)),
            ([draft(0, 0.3), draft(1, 0.6)], [0, 1], .deliver(1)),
            ([draft(0, 0.3), draft(1, 0.3)], [0, 1], .ask(3)),
            // Nobody is left, or nobody stronger, or it was enough.
            ([draft(3, 0.3)], [3], .deliver(0)), ([draft(0, 0.3)], [0, 1, 2, 3], .deliver(0)),
            ([], [0, 1, 2, 3], .none),
            ([draft(0, 0.3), draft(1, 0.2), draft(3, 0.1)], [0, 1, 3], .deliver(2)),
            ([draft(0, 0.39), draft(1, 0.01), draft(3, 0.02)], [0, 1, 3], .deliver(0)),
        ] as [([Draft], Set<Int>, EscalationStep)])
    func `by grades the next stronger one is asked until the floor is held`(
        _ drafts: [Draft], _ closed: Set<Int>, _ step: EscalationStep
    ) {
        #expect(policy.step(after: drafts, closed: closed, of: plan(), aim: .grade) == step)
    }

    @Test(
        arguments: [
            (0.3, 1), (0.65, nil),
        ] as [(Double, Int?)])
    func `by outcomes the cheapest that reaches the floor is asked`(_ p: Double, _ next: Int?) {
        let policy = EscalationPolicy(floor: 0.6)
        let plan = plan([0.5, 0.7, 0.8, 0.9], .careful(loss: 0.5))
        let step = policy.step(after: [draft(0, p)], closed: [0], of: plan, aim: .careful(loss: 0.5))
        #expect(step == next.map { .ask($0) } ?? .deliver(0))
    }

    @Test(
        arguments: [
            // The dearest costs nine dollars a thousand calls: so much better is worth it, or not.
            (0.9, 0.1, .ask(3)), (0.9, 0.01, .ask(1)), (0.9, 0.0001, .deliver(0)), (0.5, 1, .deliver(0)),
        ] as [(Double, Double, EscalationStep)])
    func `what a right answer is worth decides whom to ask`(_ best: Double, _ value: Double, _ step: EscalationStep) {
        let aim = Aim.utility(value: value)
        let plan = plan([0.5, 0.75, 0.6, best], .utility(value: 0))
        #expect(plan.order.map(\.candidate.model.name.text) == ["small", "middle", "other", "large"])
        let doubted = best == 0.5 ? draft(0, 0.8) : draft(0, 0.5)
        #expect(policy.step(after: [doubted], closed: [0], of: plan, aim: aim) == step)
    }

    @Test(
        arguments: [
            ([], [0, 1], 1, .ask(2)), ([], [0, 1, 2, 3], 1, .wait), ([draft(0, 0.5)], [0, 1], 1, .deliver(0)),
            ([draft(0, 0.3)], [0, 1], 1, .wait), ([draft(0, 0.3)], [0, 1, 2, 3], 1, .wait),
            ([draft(0, 0.3), draft(1, 0.3)], [0, 1, 2], 1, .wait),
        ] as [([Draft], Set<Int>, Int, EscalationStep)])
    func `a good answer is delivered at once, and else those under way are waited for`(
        _ drafts: [Draft], _ closed: Set<Int>, _ underWay: Int, _ step: EscalationStep
    ) {
        #expect(policy.step(after: drafts, closed: closed, underWay: underWay, of: plan(), aim: .grade) == step)
    }

    @Test func `where a right answer has a value nobody waits for less than it`() {
        let plan = plan([0.5, 0.75, 0.6, 0.9], .utility(value: 0))
        for (value, step) in [(0.0001, EscalationStep.deliver(0)), (0.1, .wait)] {
            #expect(
                policy.step(
                    after: [draft(0, 0.5)], closed: [0, 1], underWay: 1, of: plan, aim: .utility(value: value)) == step)
        }
    }

    @Test(arguments: [
        Aim.grade, .careful(loss: 0.5), .utility(value: 0.001), .utility(value: 0.01), .utility(value: 1),
    ])
    func `who was asked is waited for`(aim: Aim) {
        let plan = aim == .grade ? plan() : plan([0.5, 0.75, 0.6, 0.9], aim)
        for mostAnswers in 2...4 {
            let policy = EscalationPolicy(floor: 0.8, mostAnswers: mostAnswers)
            for count in 1..<mostAnswers {
                let drafts = (0..<count).map { draft($0, 0.3) }
                for closed in [Set(0..<count), [0, 1], [0, 1, 2], [0, 2, 3]] where closed.isSuperset(of: 0..<count) {
                    guard case .ask(let place) = policy.step(after: drafts, closed: closed, of: plan, aim: aim) else {
                        continue
                    }
                    let step = policy.step(
                        after: drafts, closed: closed.union([place]), underWay: 1, of: plan, aim: aim)
                    #expect(step == .wait, "\(count) of \(mostAnswers) answers, \(closed) closed, \(place) asked")
                }
            }
        }
    }

    @Test(arguments: [(0, 1, 3, 1), (0, 2, 3, 2), (1, 2, 3, 1), (0, 4, 3, 3), (0, 2, 1, 1)])
    func `so many may be under way`(_ answers: Int, _ atOnce: Int, _ most: Int, _ room: Int) {
        #expect(Pace(atOnce: atOnce).room(after: answers, of: EscalationPolicy(mostAnswers: most)) == room)
        #expect(Pace(atOnce: atOnce).room(after: answers, of: nil) == 1)
    }

    @Test func `limits hold on answers and on dollars`() {
        let once = EscalationPolicy(floor: 0.4, mostAnswers: 1)
        #expect(once.step(after: [draft(0, 0.1)], closed: [0], of: plan(), aim: .grade) == .deliver(0))
        let plan = plan()
        let dear = plan.order[3].estimatedCost, next = plan.order[1].estimatedCost
        let policy = EscalationPolicy(floor: 0.4, mostCost: Nanodollars(next.count + 1000))
        #expect(policy.step(after: [draft(0, 0.1)], closed: [0], of: plan, aim: .grade) == .ask(1))
        #expect(policy.step(after: [draft(0, 0.1, cost: 1001)], closed: [0], of: plan, aim: .grade) == .deliver(0))
        #expect(policy.step(after: [draft(0, 0.1)], closed: [0, 1, 2], of: plan, aim: .grade) == .deliver(0))
        #expect(dear > next)
        let quick = EscalationPolicy(floor: 0.4, mostTime: .seconds(2))
        for (elapsed, step) in [(1999, EscalationStep.ask(1)), (2000, .deliver(0))] {
            #expect(
                quick.step(
                    after: [draft(0, 0.1)], closed: [0], elapsed: .milliseconds(elapsed), of: plan, aim: .grade) == step
            )
        }
    }
}
