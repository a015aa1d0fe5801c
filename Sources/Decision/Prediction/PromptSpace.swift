internal import Dialogue
package import QueryTypes

/// Where prompts lie: standardised values and the query types found among them.
package struct PromptSpace: Hashable, Sendable {
    package let standardisation: Standardisation
    package let types: QueryTypeCentres
    package let surfaceCount: Int

    package init(standardisation: Standardisation, types: QueryTypeCentres, surfaceCount: Int) {
        self.standardisation = standardisation
        self.types = types
        self.surfaceCount = surfaceCount
    }

    /// How many prompts types are looked for among, at equal distances: more make no better centres.
    private static let mostPoints = 4000
    /// The most query types, and how many prompts there must be for each.
    private static let mostTypes = 32
    private static let promptsOfType = 25

    /// The space of these prompts, with the query types found among them, or with those of the space before where there is one.
    package init(of prompts: [PromptVector], before: PromptSpace? = nil) {
        let surfaceCount = prompts.first?.surface.count ?? 0
        let standardisation = Standardisation(prompts.map(\.values))
        let step = (prompts.count + Self.mostPoints - 1) / Self.mostPoints
        let points = stride(from: 0, to: prompts.count, by: max(step, 1)).map { index in
            Self.point(prompts[index].embedding, standardisation(prompts[index].values), surfaceCount)
        }
        let count = min(Self.mostTypes, prompts.count / Self.promptsOfType)
        let least = max(Self.promptsOfType / max(step, 1), 1)
        let types = before.map { before in
            before.types(in: standardisation).grown(among: points, count: count, least: least)
        }
        self.init(
            standardisation: standardisation, types: types ?? QueryTypeCentres(of: points, count: count),
            surfaceCount: surfaceCount)
    }

    /// The types where another standardisation puts them.
    private func types(in other: Standardisation) -> QueryTypeCentres {
        let scale = Self.scale(surfaceCount)
        let embeddings = types.centres.map { Array($0.dropLast(surfaceCount)) }
        let moved = zip(types.centres, embeddings).map { centre, embedding in
            let surface = centre.suffix(surfaceCount).enumerated().map { place, value in
                let step = standardisation.scales[place]
                return standardisation.means[place] + (step > 0 ? value / scale / step : 0)
            }
            return Self.point(embedding, other(surface + embedding), surfaceCount)
        }
        return QueryTypeCentres(centres: moved, numbers: types.numbers)
    }

    /// How many values a regression reads.
    var inputCount: Int { standardisation.means.count + TaskClass.allCases.count + types.centres.count }

    func place(of prompt: PromptVector) -> PromptPlace {
        let values = standardisation(prompt.values)
        let type = types.nearest(Self.point(prompt.embedding, values, surfaceCount))
        var inputs: [Float] = []
        inputs.reserveCapacity(inputCount)
        inputs += values
        for taskClass in TaskClass.allCases { inputs.append(taskClass == prompt.taskClass ? 1 : 0) }
        for index in types.centres.indices { inputs.append(index == type ? 1 : 0) }
        return PromptPlace(cell: PromptCell(taskClass: prompt.taskClass, type: type), inputs: inputs)
    }

    /// The place of a prompt's type among those of the space; nil if there are none.
    func type(of prompt: PromptVector) -> Int? {
        types.nearest(Self.point(prompt.embedding, standardisation(prompt.values), surfaceCount))
    }

    /// What types are told apart by: the embedding beside half of the standardised surface over the root of its width.
    private static func point(_ embedding: [Float], _ values: [Float], _ surfaceCount: Int) -> [Float] {
        let scale = scale(surfaceCount)
        return embedding + values.prefix(surfaceCount).map { $0 * scale }
    }

    private static func scale(_ surfaceCount: Int) -> Float { 0.5 / Float(max(surfaceCount, 1)).squareRoot() }
}

/// What tables tell prompts apart by.
struct PromptCell {
    let taskClass: TaskClass
    let type: Int?
}

/// A prompt's place in a ``PromptSpace``.
struct PromptPlace {
    let cell: PromptCell
    /// What regressions read: standardised surface and embedding, then one place for each task class and each type.
    let inputs: [Float]
}
