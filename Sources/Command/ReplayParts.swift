internal import Arguments
internal import Prediction

/// The parts that recorded prompts are judged in, each by what was learned of the others.
struct ReplayParts: Sendable {
    let rows: [Int]
    /// For each of the rows the part that it is judged in.
    let numbers: [Int]
    let count: Int
    /// For each part the rows to learn from.
    let others: [[Int]]

    /// Prompts of a group are in one part; `most` is how many of the other parts' prompts are learned from, those first whose
    /// groups come first by a hash.
    init(_ rows: [Int], of files: OutcomeFiles, count: Int, seed: UInt64, most: Int? = nil) {
        let groups = rows.map { files.observations[$0].group }
        let numbers = groups.map { PromptGroup.fold($0, of: count, seed: seed) }
        let order = groups.map { PromptGroup.fold($0, of: 1 << 40, seed: seed &+ 2) }
        (self.rows, self.numbers, self.count) = (rows, numbers, count)
        others = (0..<count).map { part in
            let others = rows.indices.filter { numbers[$0] != part }
            guard let most, most < others.count else { return others.map { rows[$0] } }
            return others.sorted { (order[$0], $0) < (order[$1], $1) }.prefix(most).sorted().map { rows[$0] }
        }
    }

    /// The places among the rows of those that are judged in a part.
    func places(in part: Int) -> [Int] { rows.indices.filter { numbers[$0] == part } }

    /// What is made of each part: as many at once as there are cores.
    func map<Value: Sendable>(
        _ body: @escaping @Sendable (_ part: Int) throws(CommandFailure) -> Value
    ) async throws(CommandFailure) -> [Value] {
        let results = await concurrently(count) { part in
            Result { () throws(CommandFailure) in try body(part) }
        }
        var values: [Value] = []
        for result in results { values.append(try result.get()) }
        return values
    }
}
