import Cascade
import Checks
import Prediction
import Testing

/// Two models: the cheap one hedges exactly where it is wrong, the dear one is always right.
private func told(cheapRight share: Int, cheap: Double, dear: Double) -> [(share: Int, row: Recorded)] {
    [
        (share, Recorded(scores: [1, 1], costs: [cheap, dear], likeness: [0, 0], hedges: [false, false])),
        (100 - share, Recorded(scores: [0, 1], costs: [cheap, dear], likeness: [0, 1], hedges: [true, false])),
    ]
}

/// Three models without any evidence: the first two are right exactly where they agree, the third always.
private let agreeing: [(share: Int, row: Recorded)] = [
    (70, Recorded(scores: [1, 1, 1], costs: [1, 1, 40], likeness: [0, 0, 0], hedges: [false, false, false])),
    (30, Recorded(scores: [0, 0, 1], costs: [1, 1, 40], likeness: [0, 1, 2], hedges: [false, false, false])),
]

struct CascadeTests {
    /// With a right answer worth v, the cheap model right on a share s and its cost c against d: cheap first is worth
    /// s + (1 − s)(1 − d/v) − c/v if the dear one is asked where it hedges, s − c/v if not; dear first 1 − d/v.
    @Test(
        arguments: [
            // s = 60 %, c = 1, d = 10: cheap first, and on from a hedged answer where v is above 10.
            (60, 1, 10, 100, ["cheap"], ["cheap", "dear"]), (60, 1, 10, 15, ["cheap"], ["cheap", "dear"]),
            (60, 1, 10, 6, ["cheap"], ["cheap"]),
            // s = 20 %, c = 7, d = 10: 0.2 − 7/v + 0.8 − 8/v is less than 1 − 10/v.
            (20, 7, 10, 100, ["dear"], ["dear"]), (20, 7, 10, 30, ["dear"], ["dear"]),
        ] as [(Int, Double, Double, Double, [String], [String])])
    func `the dear model is asked where it is worth its price`(
        _ share: Int, _ cheap: Double, _ dear: Double, _ value: Double, _ sure: [String], _ hedged: [String]
    ) throws {
        let kinds = told(cheapRight: share, cheap: cheap, dear: dear)
        let prior = [Double(share) / 100, 0.99]
        let cascade = try TrainedCascade.learned(rows(600, kinds), models: ["cheap", "dear"], probabilities: prior)
        #expect(try cascade.calls(kinds[0].row, value: value, probabilities: prior) == sure)
        #expect(try cascade.calls(kinds[1].row, value: value, probabilities: prior) == hedged)
    }

    @Test(
        arguments: [
            // Agreement is worth a second opinion; where there is none the dear model is, if a right answer is worth its price.
            (400, ["a", "b"], ["a", "b", "c"]), (45, ["a", "b"], ["a", "b", "c"]), (20, ["a"], ["a"]),
        ] as [(Double, [String], [String])])
    func `what answers say together decides`(_ value: Double, _ agreed: [String], _ parted: [String]) throws {
        let prior = [0.7, 0.7, 0.99]
        let cascade = try TrainedCascade.learned(rows(600, agreeing), models: ["a", "b", "c"], probabilities: prior)
        #expect(try cascade.calls(agreeing[0].row, value: value, probabilities: prior) == agreed)
        #expect(try cascade.calls(agreeing[1].row, value: value, probabilities: prior) == parted)
    }

    @Test(
        arguments: [
            // The places of groups by model, which model stands for them, in the order in which they answered.
            ([0, 1, 2], [0, 1, 2], 2), ([0, 1, 2], [2, 1, 0], 0), ([0, 0, 1], [0, 1, 2], 1),
            ([0, 1, 0], [0, 1, 2], 2),
            ([0, 1, 1], [0, 1, 2], 2), ([0, 0, 0], [1, 2, 0], 1),
        ] as [([Int], [Int], Int)])
    func `the most say so, of equally many the most accurate`(
        _ groups: [Int], _ order: [Int], _ delivered: Int
    ) throws {
        let kinds = [
            (50, Recorded(scores: [0, 0, 1], costs: [1, 1, 1], likeness: [0, 1, 2], hedges: [false, false, false])),
            (30, Recorded(scores: [0, 1, 1], costs: [1, 1, 1], likeness: [0, 1, 1], hedges: [false, false, false])),
            (20, Recorded(scores: [1, 1, 1], costs: [1, 1, 1], likeness: [0, 0, 0], hedges: [false, false, false])),
        ]
        let prior = [0.2, 0.5, 0.9]
        let cascade = try TrainedCascade.learned(rows(500, kinds), models: ["a", "b", "c"], probabilities: prior)
        var state = CascadeState(probabilities: prior, costs: [1, 1, 1])
        for model in order { state.add(model: model, logOdds: 0, group: groups[model]) }
        #expect(cascade.nextStep(after: state, policy: 0).step == .deliver(delivered))
    }

    @Test func `closed models are not asked, and somebody is asked first whatever it costs`() throws {
        let prior = [0.7, 0.7, 0.99]
        let cascade = try TrainedCascade.learned(rows(500, agreeing), models: ["a", "b", "c"], probabilities: prior)
        var state = CascadeState(probabilities: prior, costs: [1, 1, 40])
        let last = cascade.values.count - 1
        #expect(cascade.nextStep(after: state, policy: last).step != .none)
        #expect(cascade.nextStep(after: state, closed: [0, 1], policy: last).step == .ask(2))
        #expect(cascade.nextStep(after: state, closed: [0, 1, 2], policy: 0).step == .none)
        state.add(model: 1, logOdds: -3, group: 0)
        let decision = cascade.nextStep(after: state, closed: [0, 2], policy: 0)
        #expect((decision.step, decision.gain) == (.deliver(0), nil))
        #expect(decision.reason(cascade).contains("nobody may be asked"))
        let open = cascade.nextStep(after: state, closed: [0], policy: 0)
        #expect(open.step == .ask(2))
        #expect(open.reason(cascade).contains("asking c is worth"))
    }

    @Test(arguments: [2, 3]) func `no more models are asked than allowed`(most: Int) throws {
        let prior = [0.7, 0.7, 0.99]
        let cascade = try TrainedCascade.learned(
            rows(500, agreeing), models: ["a", "b", "c"], mostAnswers: most, probabilities: prior)
        var state = CascadeState(probabilities: prior, costs: [0, 0, 0])
        for model in 0..<most { state.add(model: model, logOdds: -5, group: model) }
        guard case .deliver = cascade.nextStep(after: state, policy: 0).step else {
            Issue.record("it goes on after \(most) answers")
            return
        }
    }

    @Test func `without enough prompts answers count as independent`() throws {
        let prior = [0.6, 0.7, 0.95]
        let cascade = try TrainedCascade.learned(rows(40, agreeing), models: ["a", "b", "c"], probabilities: prior)
        var state = CascadeState(probabilities: prior, costs: [1, 1, 40])
        #expect(cascade.nextStep(after: state, policy: 0).step == .ask(2))
        state.add(model: 0, logOdds: 0, group: 0)
        state.add(model: 1, logOdds: 0, group: 0)
        // Both right or both wrong: of the two ways to agree as likely as each other.
        #expect(abs(cascade.nextStep(after: state, policy: 0).probability - 0.5) < 1e-9)
        #expect(cascade.nextStep(after: state, policy: cascade.values.count - 1).step == .deliver(0))
    }

    @Test(arguments: [40, 500]) func `policies that meet in a state go on as each would alone`(count: Int) throws {
        let prior = [0.7, 0.7, 0.99]
        let cascade = try TrainedCascade.learned(rows(count, agreeing), models: ["a", "b", "c"], probabilities: prior)
        var kinds: Set<[Int]> = []
        for row in agreeing.map(\.row) {
            let prompt = row.prompt(7)
            let paths = try #require(cascade.paths(of: prompt, probabilities: prior))
            for policy in cascade.values.indices {
                var state = CascadeState(probabilities: prior, costs: cascade.expectedCosts(inputTokens: 10))
                var alone: (calls: [Int], cost: Double, delivered: Int?, score: Double) = ([], 0, nil, 0)
                walk: while true {
                    switch cascade.nextStep(after: state, policy: policy).step {
                    case .ask(let model):
                        let evidence = try #require(prompt.evidence[model])
                        let odds = cascade.logOdds(
                            of: model, evidence, probability: prior[model], surface: prompt.surface)
                        state.add(model: model, logOdds: odds, group: prompt.likeness[model])
                        alone.calls.append(model)
                        alone.cost += row.costs[model]
                    case .deliver(let answer):
                        let model = state.answers[answer].model
                        (alone.delivered, alone.score) = (model, row.scores[model])
                        break walk
                    case .none: break walk
                    }
                }
                let path = paths[policy]
                #expect((path.calls, path.cost, path.delivered, path.score) == alone)
                kinds.insert(alone.calls)
            }
        }
        #expect(kinds.count > 1)
    }

    @Test func `learning from what one knows not to be held out is the same each time`() throws {
        let prior = [0.7, 0.7, 0.99]
        let one = try TrainedCascade.learned(rows(300, agreeing), models: ["a", "b", "c"], probabilities: prior)
        #expect(try TrainedCascade.learned(rows(300, agreeing), models: ["a", "b", "c"], probabilities: prior) == one)
    }
}

struct CascadeEncodingTests {
    private func cascade() throws -> TrainedCascade {
        try TrainedCascade.learned(rows(300, agreeing), models: ["a", "b", "c"], probabilities: [0.7, 0.7, 0.99])
    }

    @Test func `what was written is read again`() throws {
        let cascade = try cascade()
        #expect(try TrainedCascade(encoded: cascade.encoded) == cascade)
    }

    @Test func `what is cut off or longer is refused`() throws {
        let bytes = try cascade().encoded
        for count in [0, 3, 40, bytes.count / 2, bytes.count - 1] {
            #expect(throws: PredictorFileError.damaged) { try TrainedCascade(encoded: Array(bytes.prefix(count))) }
        }
        #expect(throws: PredictorFileError.damaged) { try TrainedCascade(encoded: bytes + [0]) }
    }
}
