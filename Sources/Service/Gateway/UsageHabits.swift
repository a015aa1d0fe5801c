internal import Catalog
internal import Dialogue
package import Ledger
internal import Routing
internal import Synchronization

/// What calls are expected to use, by what providers said of those before; shared by all loops.
package final class UsageHabits: Sendable {
    private struct State {
        var outputs = OutputHabits()
        var caches = PromptCaches()
    }

    private let state = Mutex(State())

    /// Takes over what a store knows of answers given before.
    package func resume(_ outputs: [OutputSum]) {
        state.withLock { state in
            for sum in outputs {
                state.outputs.note(sum.meanTokens, of: sum.model, in: sum.taskClass, count: sum.answers)
            }
        }
    }

    /// What each candidate is expected to use for a prompt at a moment in microseconds since 1970.
    func forecast(_ prompt: Prompt, _ request: PlanRequest, of candidates: [Candidate], at time: Int64) -> UsageForecast
    {
        let turn = request.inputTokens >= PromptCaches.leastTokens ? prompt.turn : nil
        return state.withLock { state in
            guard !state.outputs.isEmpty else { return .alike(request.expectedUsage) }
            return .each(
                candidates.map { candidate in
                    let model = candidate.model.name
                    let output = state.outputs.tokens(
                        of: model, in: request.taskClass, typical: request.expectedOutputTokens)
                    let cached = min(
                        turn.map { state.caches.cached($0, of: model, at: time) } ?? 0, request.inputTokens)
                    return TokenUsage(
                        input: request.inputTokens - cached, cacheRead: cached,
                        output: min(output, request.maxOutputTokens ?? .max) * request.choices, isEstimated: true)
                })
        }
    }

    /// Takes note of what the calls of an exchange used, as far as providers said it.
    func note(_ exchange: Exchange) {
        let attempts = exchange.attempts
        let request = exchange.decision.request
        var turn: PromptCaches.Turn?
        for index in attempts.indices where attempts[index].tellsUsage {
            if turn == nil, attempts[index].usage.totalInput >= PromptCaches.leastTokens { turn = exchange.prompt.turn }
        }
        state.withLock { state in
            for index in attempts.indices where attempts[index].tellsUsage {
                let (usage, model) = (attempts[index].usage, attempts[index].model)
                state.outputs.note(Double(usage.output) / Double(request.choices), of: model, in: request.taskClass)
                if let turn { state.caches.note(usage, of: turn, model: model, at: exchange.arrivalTime) }
            }
        }
    }
}

extension AttemptRecord {
    /// Whether its provider has said what it used.
    fileprivate var tellsUsage: Bool { outcome == .completed && !usage.isEstimated }
}

extension Prompt {
    /// Which turn of which conversation it is.
    fileprivate var turn: PromptCaches.Turn {
        let lastAnswer = messages.lastIndex { $0.role == .assistant }
        var hasher = Hasher()
        for tool in tools { hasher.combine(tool) }
        var earlier: Int?
        for (place, message) in messages.enumerated() {
            if place == lastAnswer {
                let before = hasher
                earlier = before.finalize()
            }
            hasher.combine(message)
        }
        return PromptCaches.Turn(whole: hasher.finalize(), earlier: earlier)
    }
}

extension PlannedCandidate {
    /// What is saved, in dollars, by what its provider is expected to have in its cache.
    var cacheSaving: Double {
        guard usage.cacheRead > 0 else { return 0 }
        var uncached = usage
        uncached.input += uncached.cacheRead
        uncached.cacheRead = 0
        return Double(candidate.prices.cost(of: uncached).count - candidate.prices.cost(of: usage).count) / 1e9
    }
}
