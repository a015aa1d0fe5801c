package import Catalog
package import Dialogue

/// What a plan is made for: numbers and needs, no text.
package struct PlanRequest: Sendable {
    package var taskClass: TaskClass
    /// Input tokens as estimated before the call.
    package var inputTokens: Int
    /// Output tokens expected, by task class and the client's own limit.
    package var expectedOutputTokens: Int
    /// The client's output limit, if it set one.
    package var maxOutputTokens: Int?
    package var needs: Capabilities
    /// Wire formats that cannot carry this request, and why.
    package var obstacles: [String: String]

    package init(
        taskClass: TaskClass, inputTokens: Int, expectedOutputTokens: Int, maxOutputTokens: Int?, needs: Capabilities,
        obstacles: [String: String] = [:]
    ) {
        self.taskClass = taskClass
        self.inputTokens = inputTokens
        self.expectedOutputTokens = expectedOutputTokens
        self.maxOutputTokens = maxOutputTokens
        self.needs = needs
        self.obstacles = obstacles
    }
}

/// Whom to ask, in which order, and why.
package struct Plan: Sendable {
    /// Candidates in the order to ask them: the first answers, the rest are for failover.
    package var order: [PlannedCandidate]
    /// Candidates left out, each with its reason.
    package var refused: [RefusedCandidate]
    /// The reference for savings; nil if no candidate could have answered.
    package var baseline: PlannedCandidate?
    /// The least grade that the task class needs.
    package var grade: Int
}

/// A candidate that can answer.
package struct PlannedCandidate: Sendable {
    package var candidate: Candidate
    /// What the call is expected to cost; an estimate.
    package var estimatedCost: Nanodollars
    /// Whether its grade is enough for the task class.
    package var isStrongEnough: Bool
}

/// A candidate that cannot answer, and why in a sentence.
package struct RefusedCandidate: Sendable {
    package var candidate: Candidate
    package var reason: String
}
