internal import Catalog
internal import Dialogue

/// What a plan compares of a candidate: numbers, so that those of a whole route stand side by side and planning counts
/// no references, which threads that plan at the same time would contend for.
struct Offer: Sendable {
    private let prices: ModelPrices
    private let contextTokens: Int?
    private let maxOutputTokens: Int?
    /// What the model can do, with what follows from it.
    private let capabilities: Capabilities
    /// 1 for models that nobody graded.
    let grade: Int
    /// The candidate's place among the route's by names, which decides where nothing else does.
    private(set) var place = 0

    /// The offers of candidates, in the same order.
    static func all(of candidates: [Candidate]) -> [Offer] {
        var offers = candidates.map { Offer($0) }
        let byName = candidates.indices.sorted { left, right in
            let (one, other) = (candidates[left], candidates[right])
            if one.model.name != other.model.name { return one.model.name.text < other.model.name.text }
            return one.provider.text < other.provider.text
        }
        for (place, index) in byName.enumerated() { offers[index].place = place }
        return offers
    }

    private init(_ candidate: Candidate) {
        let model = candidate.model
        prices = candidate.prices
        contextTokens = model.contextTokens
        maxOutputTokens = model.maxOutputTokens
        // A model that holds its output to a schema can also give any object.
        capabilities =
            model.capabilities.contains(.jsonSchema) ? model.capabilities.union(.json) : model.capabilities
        grade = model.grade ?? 1
    }

    func cost(of usage: TokenUsage) -> Nanodollars { prices.cost(of: usage) }

    /// What keeps it from answering; nil if nothing does.
    func refusal(of request: PlanRequest, format: @autoclosure () -> String) -> Refusal? {
        let missing = request.needs.subtracting(capabilities)
        if !missing.isEmpty { return .incapable(of: missing) }
        if !request.obstacles.isEmpty {
            let format = format()
            if let reason = request.obstacles[format] { return .inexpressible(format: format, reason: reason) }
        }
        if let limit = maxOutputTokens, let asked = request.maxOutputTokens, asked > limit {
            return .outputLimit(asked: asked, limit: limit)
        }
        let output = request.maxOutputTokens ?? request.expectedOutputTokens
        if let limit = contextTokens, request.inputTokens + output > limit {
            return .context(input: request.inputTokens, output: output, limit: limit)
        }
        return nil
    }
}
