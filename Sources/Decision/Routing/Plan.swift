package import Catalog
package import Dialogue

/// What a plan is made for: numbers and needs, no text.
package struct PlanRequest: Sendable {
    package var taskClass: TaskClass
    /// Input tokens as estimated before the call.
    package var inputTokens: Int
    /// Output tokens expected of one choice, by task class and the client's own limit.
    package var expectedOutputTokens: Int
    /// How many choices are asked for, each with an output of its own.
    package var choices: Int
    /// The client's output limit of each choice, if it set one.
    package var maxOutputTokens: Int?
    package var needs: Capabilities
    /// Wire formats that cannot carry this request, and why, with or without a full stop.
    package var obstacles: [String: String]

    package init(
        taskClass: TaskClass, inputTokens: Int, expectedOutputTokens: Int, choices: Int = 1, maxOutputTokens: Int?,
        needs: Capabilities, obstacles: [String: String] = [:]
    ) {
        self.taskClass = taskClass
        self.inputTokens = inputTokens
        self.expectedOutputTokens = expectedOutputTokens
        self.choices = choices
        self.maxOutputTokens = maxOutputTokens
        self.needs = needs
        self.obstacles = obstacles
    }

    /// What an answer is expected to use.
    package var expectedUsage: TokenUsage {
        TokenUsage(input: inputTokens, output: expectedOutputTokens * choices, isEstimated: true)
    }
}

/// Whom to ask, in which order, and why.
package struct Plan: Sendable {
    /// Candidates in the order to ask them: the first answers, the rest are for failover.
    package let order: PlanOrder
    /// Candidates left out, each with its reason.
    package let refused: [RefusedCandidate]
    /// The reference for savings; nil if no candidate could have answered.
    package let baseline: PlannedCandidate?
    /// The least grade that the task class needs.
    package let grade: Int

    /// The plan with one of its candidates asked first.
    package func asking(first place: Int) -> Plan {
        var ranks = order.ranks
        ranks.insert(ranks.remove(at: place), at: 0)
        return Plan(
            order: PlanOrder(
                candidates: order.candidates, ranks: ranks, expectations: order.expectations, forecast: order.forecast),
            refused: refused, baseline: baseline, grade: grade)
    }
}

/// A candidate that can answer.
package struct PlannedCandidate: Sendable {
    package let candidate: Candidate
    /// What the call is expected to use, and to cost; estimates.
    package let usage: TokenUsage
    package let estimatedCost: Nanodollars
    /// Whether its grade, or what is expected of it, is enough for the task.
    package let isStrongEnough: Bool
    /// What is expected of it; nil where only its grade is known.
    package let expectation: Expectation?
}

/// The candidates of a plan as ranked, the best first.
///
/// It holds the route's candidates as a whole and touches one only when asked for it.
package struct PlanOrder: RandomAccessCollection, Sendable {
    let candidates: [Candidate]
    let ranks: [Rank]
    let expectations: [Expectation]
    let forecast: UsageForecast

    package var startIndex: Int { 0 }
    package var endIndex: Int { ranks.count }
    package subscript(_ place: Int) -> PlannedCandidate {
        PlannedCandidate(ranks[place], candidates, expectations, forecast)
    }

    /// Where a candidate of the route stands; nil for one that cannot answer.
    package func place(of candidate: Candidate) -> Int? {
        ranks.firstIndex { candidates[Int($0.index)] === candidate }
    }
}

extension PlannedCandidate {
    init(_ rank: Rank, _ candidates: [Candidate], _ expectations: [Expectation], _ forecast: UsageForecast) {
        let index = Int(rank.index)
        self.init(
            candidate: candidates[index], usage: forecast[index], estimatedCost: rank.cost,
            isStrongEnough: rank.isStrongEnough,
            expectation: expectations.isEmpty ? nil : expectations[index])
    }
}
