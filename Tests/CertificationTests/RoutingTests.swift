import Certification
import Statistics
import Testing

/// Prompts of two kinds: on the easy ones both models are right, on the hard ones the dear one only.
private func table(easy: Int, hard: Int, blind: Bool = false) -> RoutingTable {
    var table = RoutingTable(models: ["cheap", "dear"], baseline: 1)
    for index in 0..<(easy + hard) {
        let isHard = index < hard
        table.append(
            RoutingTable.Prompt(
                scores: [isHard ? 0 : 1, 1], costs: [1, 10], probabilities: [isHard ? 0.1 : 0.95, 0.95],
                leads: [isHard && !blind ? -0.85 : -0.01, 0], expectedCosts: [1, 10], length: isHard ? 8 : 4))
    }
    return table
}

struct RoutingTests {
    @Test func `a router that tells hard from easy saves all that can be saved`() {
        let replay = RoutingReplay(table(easy: 300, hard: 100))
        #expect(abs(replay.saving(loss: 0) - 0.675) < 1e-9)
        #expect(replay.baseline == .init(cost: 10, quality: 1))
        #expect(replay.oracle == .init(cost: 3.25, quality: 1))
        #expect(replay.bestConstant(loss: 0).saving == 0)
        #expect(replay.bestConstant(loss: 0.3) == (0, 0.9))
        #expect(replay.curve.first == .init(cost: 10, quality: 1))
        #expect(replay.curve.last == .init(cost: 1, quality: 0.75))
    }

    @Test func `the interval of a saving is that of the policies chosen anew on each draw of prompts`() throws {
        let table = table(easy: 60, hard: 40)
        let found = RoutingReplay(table).savingIntervals(losses: [0, 0.05], draws: 60, seed: 3)
        for (loss, own) in zip([0, 0.05], found) {
            let other = try #require(
                Bootstrap(draws: 60, seed: 3).interval(rows: 100) { rows in
                    table.outcomes.cheapest(loss: loss, rows)?.saving ?? 0
                })
            #expect(abs(own.lower - other.lower) < 1e-12 && abs(own.upper - other.upper) < 1e-12)
            #expect(own.lower < own.upper)
        }
    }

    @Test func `the walk ends with the cheapest policy that is shown to hold the bound`() throws {
        let result = Certifier(margin: 0.02).walk(table(easy: 300, hard: 100).outcomes)
        let certified = try #require(result.certified)
        #expect(certified.tally.harms == 0)
        #expect(abs(certified.saving - 0.675) < 1e-9)
        #expect(try #require(result.failed).tally.harms == 100)
    }

    @Test func `a router that cannot tell is certified for nothing but the baseline`() throws {
        let certified = try #require(
            Certifier(margin: 0.02).walk(table(easy: 300, hard: 100, blind: true).outcomes).certified)
        #expect(certified.saving == 0)
    }

    @Test(arguments: [(148, false), (149, true)])
    func `too few pairs show nothing`(pairs: Int, isEnough: Bool) {
        #expect((Certifier(margin: 0.02).walk(table(easy: pairs, hard: 0).outcomes).certified != nil) == isEnough)
    }

    @Test func `a policy that holds the bound but is dearer than the baseline is not certified`() {
        let right = [Double](repeating: 1, count: 200)
        let outcomes = PolicyOutcomes(
            values: [2, 1], scores: [right, right], costs: [right.map { _ in 3 }, right.map { _ in 2 }],
            baselineScores: right, baselineCosts: right.map { _ in 1 })
        #expect(Certifier(margin: 0.02).walk(outcomes).certified == nil)
        #expect(outcomes.cheapest(loss: 0, Array(outcomes.prompts)) == nil)
    }

    @Test func `the most careful policies can be left out`() {
        let outcomes = table(easy: 300, hard: 100).outcomes
        let rest = outcomes.droppingFirst(10)
        #expect(rest.values == Array(outcomes.values.dropFirst(10)))
        #expect(rest.point(0, [0, 399]) == outcomes.point(10, [0, 399]))
    }
}
