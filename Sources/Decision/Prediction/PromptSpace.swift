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

    /// The space of these prompts, with `types` query types.
    init(of prompts: [PromptVector], types count: Int) {
        let surfaceCount = prompts.first?.surface.count ?? 0
        let standardisation = Standardisation(prompts.map(\.values))
        let step = (prompts.count + Self.mostPoints - 1) / Self.mostPoints
        let points = stride(from: 0, to: prompts.count, by: max(step, 1)).map { index in
            Self.point(prompts[index], standardisation(prompts[index].values), surfaceCount)
        }
        self.init(
            standardisation: standardisation, types: QueryTypeCentres(of: points, count: count),
            surfaceCount: surfaceCount)
    }

    func place(of prompt: PromptVector) -> PromptPlace {
        let values = standardisation(prompt.values)
        let type = types.nearest(Self.point(prompt, values, surfaceCount))
        var inputs = values
        inputs.reserveCapacity(values.count + TaskClass.allCases.count + types.centres.count)
        for taskClass in TaskClass.allCases { inputs.append(taskClass == prompt.taskClass ? 1 : 0) }
        for index in types.centres.indices { inputs.append(index == type ? 1 : 0) }
        return PromptPlace(taskClass: prompt.taskClass, type: type, inputs: inputs)
    }

    /// What types are told apart by: the embedding beside half of the standardised surface over the root of its width.
    private static func point(_ prompt: PromptVector, _ values: [Float], _ surfaceCount: Int) -> [Float] {
        let scale = 0.5 / Float(max(surfaceCount, 1)).squareRoot()
        return prompt.embedding + values.prefix(surfaceCount).map { $0 * scale }
    }
}

/// A prompt's place in a ``PromptSpace``.
struct PromptPlace {
    let taskClass: TaskClass
    let type: Int?
    /// What regressions read: standardised surface and embedding, then one place for each task class and each type.
    let inputs: [Float]
}
