internal import Experience
internal import LinearAlgebra
internal import Prediction

/// What a cascade is fitted to, in packed tables of one value for each prompt and model.
struct CascadeSample {
    let prompts: [AnsweredPrompt]
    /// For each prompt the models that answered, one bit for each.
    let answered: [UInt32]
    let models: Int
    let ranks: [Int]
    let evidence: [EvidenceModel]
    let costModels: [CostModel]
    let meanCosts: [Double]
    /// NaN where a model did not answer.
    let scores: [Double]
    let costs: [Double]
    let expectedCosts: [Double]
    /// The held-out log-odds of every answer, and a number that is equal for answers to a prompt that say the same.
    private let odds: [Double]
    private let likeness: [Int]
    /// The log-odds that were expected of every model beforehand.
    private let priors: [Double]

    init(_ prompts: [AnsweredPrompt], probabilities: [[Double]], models: Int) throws(LinearAlgebraError) {
        self.prompts = prompts
        let answered = prompts.map(\.answered)
        self.answered = answered
        self.models = models
        var odds = [Double](repeating: .nan, count: prompts.count * models)
        var (scores, costs, expected) = (odds, odds, odds)
        var (evidence, costModels, accuracies, means) = ([EvidenceModel](), [CostModel](), [Double](), [Double]())
        for model in 0..<models {
            let rows = prompts.indices.filter { answered[$0] >> UInt32(model) & 1 == 1 }
            let own = rows.map { prompts[$0].scores[model] ?? 0 }
            let paid = rows.map { prompts[$0].costs[model] ?? 0 }
            let fitted = try EvidenceTrainer.train(
                rows.enumerated().compactMap { place, row in
                    prompts[row].evidence[model].map { found in
                        EvidenceRow(
                            inputs: EvidenceModel.inputs(
                                prior: probabilities[row][model], found, surface: prompts[row].surface),
                            bounds: found.bounds, score: own[place], group: prompts[row].group)
                    }
                })
            evidence.append(fitted.model)
            let costModel = CostModel(inputTokens: rows.map { prompts[$0].inputTokens }, costs: paid)
            costModels.append(costModel)
            accuracies.append(own.reduce(0, +) / Double(max(rows.count, 1)))
            means.append(paid.reduce(0, +) / Double(max(rows.count, 1)))
            for (place, row) in rows.enumerated() {
                odds[row * models + model] = fitted.heldOut[place]
                scores[row * models + model] = own[place]
                costs[row * models + model] = paid[place]
            }
            for row in prompts.indices {
                expected[row * models + model] = costModel.cost(inputTokens: prompts[row].inputTokens)
            }
        }
        let order = (0..<models).sorted { (accuracies[$1], $0) < (accuracies[$0], $1) }
        ranks = (0..<models).map { order.firstIndex(of: $0) ?? 0 }
        (self.evidence, self.costModels, meanCosts) = (evidence, costModels, means)
        (self.odds, self.scores, self.costs, expectedCosts) = (odds, scores, costs, expected)
        likeness = prompts.flatMap(\.likeness)
        priors = probabilities.flatMap { $0.map(LogOdds.of) }
    }

    /// A state that ``set(_:to:_:)`` can make that of any prompt; nobody has a price in it.
    var beginning: CascadeState {
        let nothing = [Double](repeating: 0, count: models)
        return CascadeState(probabilities: nothing, costs: nothing)
    }

    /// Makes of a state that of a prompt which the models of a set answered.
    func set(_ state: inout CascadeState, to row: Int, _ set: UInt32) {
        state.begin(priors: priors.span, from: row * models)
        for model in 0..<models where set >> UInt32(model) & 1 == 1 {
            state.add(model: model, logOdds: odds[row * models + model], group: likeness[row * models + model])
        }
    }
}
