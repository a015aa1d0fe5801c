internal import QueryTypes

/// One query type of a predictor with each model's success at it.
package struct QueryTypeSummary: Sendable {
    /// What it is called as long as it lasts.
    package var number: Int
    /// Where its embedding lies from the mean of all types, as a unit vector.
    package var direction: [Float]
    /// How many prompts of it the model was asked that was asked most, by weight.
    package var size: Double
    /// The models with outcomes of this type.
    package var models: [(model: String, rate: Double, weight: Double)]
}

extension SuccessPredictor {
    /// The types that outcomes were found of, the largest first.
    package var types: [QueryTypeSummary] {
        let directions = typeDirections
        return space.types.centres.indices.map { type in
            let found = models.compactMap { model -> (model: String, rate: Double, weight: Double)? in
                let tally = model.table.byType[type]
                return tally.weight > 0 ? (model.name, tally.successes / tally.weight, tally.weight) : nil
            }
            return QueryTypeSummary(
                number: space.types.numbers[type], direction: directions[type], size: found.map(\.weight).max() ?? 0,
                models: found)
        }
        .filter { !$0.models.isEmpty }
        .sorted { ($1.size, $0.number) < ($0.size, $1.number) }
    }

    private var typeDirections: [[Float]] {
        let centres = space.types.centres.map { $0.dropLast(space.surfaceCount) }
        guard let width = centres.first?.count else { return [] }
        let mean = (0..<width).map { place in
            centres.reduce(Float(0)) { $0 + $1[$1.startIndex + place] } / Float(centres.count)
        }
        return centres.map { centre in
            let difference = zip(centre, mean).map { $0 - $1 }
            let length = difference.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? difference.map { $0 / length } : difference
        }
    }
}
