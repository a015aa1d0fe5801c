internal import Glibc

/// The answers that were judged last, by where their prompts lie: what a new prompt looks like to one who remembers.
///
/// Numbers and the names of outcomes, no text. Some 300 bytes for each prompt.
package struct FailureMemory: Sendable {
    /// One judged answer.
    private struct Entry {
        let row: Int
        let model: Int
        let type: Int?
        let failed: Bool
        let id: String
    }

    /// How many neighbours a resemblance goes by.
    package static let neighbours = 10

    private let models: [String]
    private let entries: [Entry]
    /// The directions of the prompts' embeddings in steps of 1/127, one after the other.
    private let directions: [Int8]
    private let width: Int
    private let space: PromptSpace

    /// A judged answer as the memory takes it in.
    struct Judged {
        let model: String
        let score: Double
        let id: String
    }

    init(_ prompts: [(prompt: PromptVector, judged: [Judged])], space: PromptSpace) {
        var places: [String: Int] = [:]
        var entries: [Entry] = []
        var directions: [Int8] = []
        for (row, (prompt, judged)) in prompts.enumerated() {
            directions += Self.direction(prompt)
            let type = space.place(of: prompt).type
            for answer in judged {
                let model = places[answer.model] ?? places.count
                places[answer.model] = model
                entries.append(
                    Entry(row: row, model: model, type: type, failed: answer.score < 0.5, id: answer.id))
            }
        }
        models = places.sorted { $0.value < $1.value }.map(\.key)
        self.entries = entries
        self.directions = directions
        width = prompts.first?.prompt.embedding.count ?? 0
        self.space = space
    }

    /// What a prompt looks like among the remembered answers of a model to prompts of the same query type; nil if there are too few.
    package func resemblance(of prompt: PromptVector, model: String) -> Resemblance? {
        guard let number = models.firstIndex(of: model) else { return nil }
        let type = space.place(of: prompt).type
        let direction = Self.direction(prompt)
        let near = entries.lazy.filter { $0.model == number && $0.type == type }
            .map { (entry: $0, similarity: similarity(direction, row: $0.row)) }
            .sorted { ($1.similarity, $0.entry.id) < ($0.similarity, $1.entry.id) }
        guard near.count >= Self.neighbours else { return nil }
        let (failures, successes) = (near.filter(\.entry.failed), near.filter { !$0.entry.failed })
        let mean = { (near: ArraySlice<(entry: Entry, similarity: Int)>) in
            near.isEmpty ? 0 : near.reduce(0.0) { $0 + Self.cosine($1.similarity) } / Double(near.count)
        }
        return Resemblance(
            failures: near.prefix(Self.neighbours).filter(\.entry.failed)
                .map { Resemblance.Neighbour(id: $0.entry.id, similarity: Self.cosine($0.similarity)) },
            of: Self.neighbours,
            difference: failures.isEmpty || successes.isEmpty
                ? nil : mean(failures.prefix(Self.neighbours)) - mean(successes.prefix(Self.neighbours)))
    }

    private func similarity(_ direction: [Int8], row: Int) -> Int {
        let start = row * width
        var sum: Int32 = 0
        for index in 0..<width { sum &+= Int32(direction[index]) &* Int32(directions[start + index]) }
        return Int(sum)
    }

    private static func cosine(_ product: Int) -> Double { Double(product) / (127 * 127) }

    private static func direction(_ prompt: PromptVector) -> [Int8] {
        let length = prompt.embedding.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
        return prompt.embedding.map { length > 0 ? Int8(($0 / length * 127).rounded()) : 0 }
    }
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
