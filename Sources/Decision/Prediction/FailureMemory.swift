/// The answers that were judged last, by where their prompts lie: what a new prompt looks like to one who remembers.
///
/// Numbers and the names of outcomes, no text. It shares what the window of outcomes keeps, and adds eight bytes for each prompt.
package struct FailureMemory: Sendable {
    /// How many neighbours a resemblance goes by.
    package static let neighbours = 10

    private let rows: [OutcomeWindow.Row]
    private let models: [String]
    private let space: PromptSpace
    /// The query type of each prompt, -1 where there are no types and -2 where its features cannot be read.
    private let types: [Int32]
    /// The length of each prompt's embedding in steps of its own scale.
    private let lengths: [Float]

    /// The remembered outcomes name models by their place in `models`.
    init(_ rows: [OutcomeWindow.Row], models: [String], space: PromptSpace) {
        self.rows = rows
        self.models = models
        self.space = space
        types = rows.map { $0.prompt.map { Self.type(of: $0, in: space) } ?? -2 }
        lengths = rows.map { Self.length(PromptVector.steps(ofEncoded: $0.features)) }
    }

    private struct Near {
        let id: String
        let failed: Bool
        let similarity: Float
    }

    /// What a prompt looks like among the remembered answers of a model to prompts of the same query type; nil if there are too few.
    package func resemblance(of prompt: PromptVector, model: String) -> Resemblance? {
        guard let number = models.firstIndex(of: model) else { return nil }
        let type = Self.type(of: prompt, in: space)
        let own = prompt.encoded
        let steps = PromptVector.steps(ofEncoded: own)
        let length = Self.length(steps)
        var near: [Near] = []
        for (row, kept) in rows.enumerated() where types[row] == type {
            guard let outcome = kept.outcomes.last(where: { $0.model == number }) else { continue }
            let product = Self.product(steps, PromptVector.steps(ofEncoded: kept.features))
            let lengths = length * lengths[row]
            near.append(
                Near(id: outcome.id, failed: outcome.score < 0.5, similarity: lengths > 0 ? product / lengths : 0))
        }
        guard near.count >= Self.neighbours else { return nil }
        near.sort { ($1.similarity, $0.id) < ($0.similarity, $1.id) }
        let nearest = { (failed: Bool) in near.lazy.filter { $0.failed == failed }.prefix(Self.neighbours) }
        let mean = { (near: [Near]) in near.reduce(0.0) { $0 + Double($1.similarity) } / Double(near.count) }
        let (failures, successes) = (Array(nearest(true)), Array(nearest(false)))
        return Resemblance(
            failures: near.prefix(Self.neighbours).filter(\.failed)
                .map { Resemblance.Neighbour(id: $0.id, similarity: Double($0.similarity)) },
            of: Self.neighbours,
            difference: failures.isEmpty || successes.isEmpty ? nil : mean(failures) - mean(successes))
    }

    private static func type(of prompt: PromptVector, in space: PromptSpace) -> Int32 {
        space.type(of: prompt).map { Int32($0) } ?? -1
    }

    /// The scalar product of two embeddings, each in steps of its own scale.
    private static func product(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Float {
        var sum: Int32 = 0
        for (left, right) in zip(left, right) {
            sum &+= Int32(Int8(bitPattern: left)) &* Int32(Int8(bitPattern: right))
        }
        return Float(sum)
    }

    private static func length(_ steps: ArraySlice<UInt8>) -> Float { product(steps, steps).squareRoot() }
}

/// What a prompt looks like among a model's judged answers.
package struct Resemblance: Hashable, Sendable {
    /// A judged answer that is near.
    package struct Neighbour: Hashable, Sendable {
        /// The name of the outcome.
        package var id: String
        /// The cosine of the two embeddings.
        package var similarity: Double
    }

    /// Those that failed among the nearest, the most similar first.
    package var failures: [Neighbour]
    /// How many the nearest are.
    package var of: Int
    /// By how much the nearest failures are more similar than the nearest successes, in the mean; nil without either.
    package var difference: Double?
}
