internal import Arguments
internal import Cascade
internal import Certification
internal import Features
internal import Prediction

extension OutcomeFiles {
    /// The observations with a score and a cost of every model.
    var complete: [Int] {
        observations.indices.filter { row in
            observations[row].scores.allSatisfy { $0 != nil } && costs[row].allSatisfy { $0 != nil }
        }
    }

    /// The complete observations whose answers are all recorded.
    func answeredByAll() throws(CommandFailure) -> [Int] {
        guard models.count <= CascadeTrainer.mostModels else {
            throw .usage("--cascade takes at most \(CascadeTrainer.mostModels) models: name them with --models")
        }
        let silent = models.indices.first { model in !answered.contains { $0.evidence[model] != nil } }
        if let silent {
            throw .failed(
                "no answer of '\(models[silent])' is recorded, and a cascade looks at answers: name models with a "
                    + "`response` in their outcomes, or leave out --cascade")
        }
        return complete.filter { row in answered[row].evidence.allSatisfy { $0 != nil } }
    }

    /// What is expected of each model by those who know these rows and no others.
    func expectations(
        learnedFrom rows: [Int], pairs: PairLearning = .needs
    ) throws(CommandFailure) -> Expectations {
        do throws(TrainingError) {
            return Expectations(
                predictor: try SuccessTrainer.train(
                    rows.map { observations[$0] }, models: models, pairs: pairs),
                costs: models.indices.map { model in
                    CostModel(inputTokens: rows.map { inputTokens[$0] }, costs: rows.map { costs[$0][model] ?? 0 })
                })
        } catch {
            throw .failed("\(error)")
        }
    }

    /// What each of `rows` reached and cost, beside what was expected of it by whoever `expectations` names for its place.
    func routingTable(
        _ rows: [Int], baseline: Int, by expectations: (_ place: Int) -> Expectations
    ) -> RoutingTable {
        var table = RoutingTable(models: models, baseline: baseline)
        for (place, row) in rows.enumerated() {
            let expected = expectations(place)
            let prompt = observations[row].prompt
            let assessed = expected.predictor.assess(prompt, over: models[baseline])
            table.append(
                RoutingTable.Prompt(
                    scores: observations[row].scores.map { $0 ?? 0 }, costs: costs[row].map { $0 ?? 0 },
                    probabilities: assessed.map(\.probability), leads: assessed.map(\.lead),
                    expectedCosts: expected.costs.map { $0.cost(inputTokens: inputTokens[row]) },
                    length: Double(prompt[.logCharacters])))
        }
        return table
    }

    /// The files with the models and the baseline that an invocation names.
    static func forRouting(
        _ invocation: Invocation, answers: Bool = false
    ) async throws(CommandFailure) -> (files: OutcomeFiles, rows: [Int], baseline: Int) {
        guard let models = invocation.list(.onlyModels), models.count > 1 else {
            throw .usage("--models A,B,C is needed: the models to choose among, two at least")
        }
        guard let name = invocation[.baseline], let baseline = models.firstIndex(of: name) else {
            throw .usage("--baseline MODEL is needed: one of \(models.joined(separator: ", "))")
        }
        let files = try await OutcomeFiles(invocation, models: models, answers: answers ? .evidence : .none)
        let rows = answers ? try files.answeredByAll() : files.complete
        guard rows.count >= 100 else {
            throw .failed(
                "\(rows.count) prompts have a score and a cost of every model, 100 are needed: give costs, or token counts "
                    + "with --tokens and prices with --prices, or name fewer models")
        }
        return (files, rows, baseline)
    }
}

/// What was learned of the models of some files.
struct Expectations {
    let predictor: SuccessPredictor
    /// For each model.
    let costs: [CostModel]
}

extension Option {
    static let mostAnswers = Option.value(
        "cascade", "N", "Models are asked one after the other, at most N, and their recorded answers looked at.")
    static let baseline = Option.value("baseline", "MODEL", "The model that is compared with.")
}
