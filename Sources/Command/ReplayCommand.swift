internal import Arguments
internal import Cascade
internal import Certification
internal import Files
internal import JSON
internal import Prediction
internal import Statistics

extension Subcommand {
    static let replay: Subcommand = Subcommand(
        "replay", summary: "Shows what routing would have saved on recorded outcomes.",
        details: """
            FILES are recorded outcomes. Prompts that ask the same stay together in one part; each part is routed by what was
            learned from the others. Costs are those recorded, or computed from --tokens and --prices.
            """,
        options: [
            .tokens, .prices, .onlyModels, .baseline, .mostAnswers, .folds, .seed, .json, .plot, choices, .value,
        ],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        guard invocation[choices] == nil || invocation[.mostAnswers] != nil && invocation[.value] != nil else {
            throw .usage("--choices goes with --cascade and --value: it writes what one policy did")
        }
        let mostAnswers = try invocation.mostAnswers()
        let (files, rows, baseline) = try OutcomeFiles.forRouting(invocation, answers: mostAnswers != nil)
        let folds = try invocation.integer(.folds, in: 2...20) ?? 5
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        let parts = rows.map { PromptGroup.fold(files.observations[$0].group, of: folds, seed: seed) }
        var expectations: [Expectations] = []
        var (outcomes, figures): (PolicyOutcomes?, CascadeFigures?) = (nil, nil)
        if let mostAnswers {
            let trial = CascadeTrial(files, mostAnswers: mostAnswers)
            let learned = try trial.learn(rows, parts: parts, folds: folds)
            expectations = learned.map { Expectations(predictor: $0.predictor, costs: $0.cascade.costs) }
            (outcomes, figures) = try trial.crossed(rows, parts: parts, learned, baseline: baseline, seed: seed)
            if let path = invocation[choices] {
                try trial.write(
                    choices: path, worth: try invocation.dollars(.value), rows, parts: parts, learned, of: files)
            }
        } else {
            for part in 0..<folds {
                expectations.append(
                    try files.expectations(learnedFrom: rows.indices.filter { parts[$0] != part }.map { rows[$0] }))
            }
        }
        let table = files.routingTable(rows, baseline: baseline, by: { expectations[parts[$0]] })
        let report = ReplayReport(
            table: table, outcomes: outcomes, cascade: figures, leftOut: files.observations.count - rows.count,
            folds: folds, seed: seed)
        if let path = invocation[.plot] { try report.write(plot: path) }
        print(invocation.has(.json) ? report.json : report.text, terminator: "")
    }
}

extension Subcommand {
    fileprivate static let choices = Option.value(
        "choices", "FILE", "Writes as JSONL whom the cascade of --value asked of each prompt, and whose answer it took."
    )
}

extension CascadeTrial {
    /// Writes what one policy did with each prompt, learned from the other parts.
    fileprivate func write(
        choices path: String, worth value: Double, _ rows: [Int], parts: [Int], _ learned: [Learned],
        of files: OutcomeFiles
    ) throws(CommandFailure) {
        var lines: [UInt8] = []
        for (place, row) in rows.enumerated() {
            let learned = learned[parts[place]]
            guard let path = paths([row], by: learned).first?[learned.cascade.policy(value: value)] else { continue }
            var json = JSONWriter()
            json.object { json in
                json.member("id", files.ids[row])
                json.member("part", parts[place] + 1)
                json.member("calls", array: { list in for model in path.calls { list.string(files.models[model]) } })
                json.member("delivered", path.delivered.map { files.models[$0] })
                json.member("cost", path.cost)
                json.member("score", path.score)
            }
            lines += json.bytes + [UInt8(ascii: "\n")]
        }
        do throws(SystemError) {
            try WholeFile.replace(path, with: lines)
        } catch {
            throw .failed("\(error)")
        }
    }

    /// What the money may buy less than the baseline: nothing, a point.
    private static let losses = [0, 0.01]

    /// What is learned of all parts but one, for each.
    fileprivate func learn(_ rows: [Int], parts: [Int], folds: Int) throws(CommandFailure) -> [Learned] {
        var learned: [Learned] = []
        for part in 0..<folds {
            learned.append(try learn(from: rows.indices.filter { parts[$0] != part }.map { rows[$0] }))
        }
        return learned
    }

    /// What cascades do with each part that were learned from the others.
    fileprivate func crossed(
        _ rows: [Int], parts: [Int], _ learned: [Learned], baseline: Int, seed: UInt64
    ) throws(CommandFailure) -> (PolicyOutcomes, CascadeFigures) {
        var paths = [[CascadePath]](repeating: [], count: rows.count)
        var choices = [[Int]](repeating: [], count: rows.count)
        for (part, learned) in learned.enumerated() {
            let own = rows.indices.filter { parts[$0] == part }
            let others = rows.indices.filter { parts[$0] != part }.map { rows[$0] }
            let known = try heldOut(others, learned, baseline: baseline, seed: seed)
            let chosen = Self.losses.map { known.cheapest(loss: $0, Array(known.prompts))?.policy ?? 0 }
            for (place, path) in zip(own, self.paths(own.map { rows[$0] }, by: learned)) {
                paths[place] = path
                choices[place] = chosen
            }
        }
        let outcomes = outcomes(rows, paths, values: learned[0].cascade.values, baseline: baseline)
        return (
            outcomes,
            CascadeFigures(
                outcomes, paths: paths, choices: choices, losses: Self.losses, mostAnswers: mostAnswers, seed: seed)
        )
    }
}

extension Invocation {
    /// An amount of dollars, which must be given.
    fileprivate func dollars(_ option: Option) throws(CommandFailure) -> Double {
        guard let text = self[option], let dollars = Double(text), dollars > 0, dollars.isFinite else {
            throw .usage("--\(option.name) takes dollars such as 0.02")
        }
        return dollars
    }

    /// The most answers for one prompt; nil where no cascade is asked for.
    func mostAnswers() throws(CommandFailure) -> Int? { try integer(.mostAnswers, in: 2...CascadeTrainer.mostAnswers) }
}
