internal import Arguments
internal import Cascade
internal import Certification
internal import Prediction
internal import Statistics

extension Subcommand {
    static let replay: Subcommand = Subcommand(
        "replay", summary: "Shows what routing would have saved on recorded outcomes.",
        details: """
            FILES are recorded outcomes. Prompts that ask the same stay together in one part; each part is routed by what was
            learned from the others. Costs are those recorded, or computed from --tokens and --prices.
            """,
        options: [.tokens, .prices, .onlyModels, .baseline, .mostAnswers, .folds, .seed, .json, .plot],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        let mostAnswers = try invocation.mostAnswers()
        let (files, rows, baseline) = try OutcomeFiles.forRouting(invocation, answers: mostAnswers != nil)
        let folds = try invocation.integer(.folds, in: 2...20) ?? 5
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        let parts = rows.map { PromptGroup.fold(files.observations[$0].group, of: folds, seed: seed) }
        var learned: [Expectations] = []
        for part in 0..<folds {
            learned.append(
                try files.expectations(learnedFrom: rows.indices.filter { parts[$0] != part }.map { rows[$0] }))
        }
        let table = files.routingTable(rows, baseline: baseline, by: { learned[parts[$0]] })
        var (outcomes, figures): (PolicyOutcomes?, CascadeFigures?) = (nil, nil)
        if let mostAnswers {
            let trial = CascadeTrial(files, mostAnswers: mostAnswers)
            (outcomes, figures) = try trial.crossed(rows, parts: parts, folds: folds, baseline: baseline, seed: seed)
        }
        let report = ReplayReport(
            table: table, outcomes: outcomes, cascade: figures, leftOut: files.observations.count - rows.count,
            folds: folds, seed: seed)
        if let path = invocation[.plot] { try report.write(plot: path) }
        print(invocation.has(.json) ? report.json : report.text, terminator: "")
    }
}

extension CascadeTrial {
    /// What the money may buy less than the baseline: nothing, a point.
    private static let losses = [0, 0.01]

    /// What cascades do with each part that were learned from the others.
    fileprivate func crossed(
        _ rows: [Int], parts: [Int], folds: Int, baseline: Int, seed: UInt64
    ) throws(CommandFailure) -> (PolicyOutcomes, CascadeFigures) {
        var paths = [[CascadePath]](repeating: [], count: rows.count)
        var choices = [[Int]](repeating: [], count: rows.count)
        var values: [Double] = []
        for part in 0..<folds {
            let own = rows.indices.filter { parts[$0] == part }
            let others = rows.indices.filter { parts[$0] != part }.map { rows[$0] }
            let learned = try learn(from: others)
            let chosen = try chosen(others, learned, losses: Self.losses, baseline: baseline, seed: seed)
            for (place, path) in zip(own, self.paths(own.map { rows[$0] }, by: learned)) {
                paths[place] = path
                choices[place] = chosen
            }
            values = learned.cascade.values
        }
        let outcomes = outcomes(rows, paths, values: values, baseline: baseline)
        return (
            outcomes,
            CascadeFigures(
                outcomes, paths: paths, choices: choices, losses: Self.losses, mostAnswers: mostAnswers, seed: seed)
        )
    }
}

extension Invocation {
    /// The most answers for one prompt; nil where no cascade is asked for.
    func mostAnswers() throws(CommandFailure) -> Int? { try integer(.mostAnswers, in: 2...CascadeTrainer.mostAnswers) }
}
