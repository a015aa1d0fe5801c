internal import Dialogue
internal import LinearAlgebra

/// Outcomes as they are fitted: where each prompt lies, and for each model the prompts that it answered and how well.
///
/// Prompts are kept once, as what regressions read, so that fitting takes little more memory than they do.
struct PlacedOutcomes {
    let models: [String]
    let space: PromptSpace
    private(set) var cells: [PromptCell] = []
    /// What regressions read of each prompt.
    private(set) var inputs: DesignMatrix
    private(set) var outcomes: [ModelOutcomes]

    /// None yet, with room for so many prompts.
    init(models: [String], space: PromptSpace, prompts: Int) {
        self.models = models
        self.space = space
        inputs = DesignMatrix(columns: space.inputCount, capacity: prompts)
        cells.reserveCapacity(prompts)
        outcomes = models.map { _ in ModelOutcomes() }
    }

    init(_ observations: [Observation], models: [String], space: PromptSpace) {
        self.init(models: models, space: space, prompts: observations.count)
        for observation in observations {
            append(observation.prompt)
            for model in models.indices {
                guard let score = observation.scores[model] else { continue }
                add(score, of: model, weight: observation.weight(of: model))
            }
        }
    }

    /// Adds a prompt, the latest from now on.
    mutating func append(_ prompt: PromptVector) {
        let place = space.place(of: prompt)
        cells.append(place.cell)
        inputs.append(place.inputs)
    }

    /// Adds what a model reached on the latest prompt.
    mutating func add(_ score: Double, of model: Int, weight: Double) {
        outcomes[model].rows.append(cells.count - 1)
        outcomes[model].scores.append(score)
        outcomes[model].weights.append(weight)
    }
}

/// What one model reached.
struct ModelOutcomes {
    /// The places of the prompts that it answered, rising.
    fileprivate(set) var rows: [Int] = []
    /// From 0 to 1, one for each of ``rows``, as are the weights.
    fileprivate(set) var scores: [Double] = []
    fileprivate(set) var weights: [Double] = []
}

/// Prompts and their weights, by which models, or pairs of them, are found that share one decomposition.
struct WeightedRows: Hashable {
    let rows: [Int]
    let weights: [Double]
}
