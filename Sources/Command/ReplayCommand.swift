internal import Arguments
internal import Cascade
internal import Certification
internal import Files
internal import JSON
internal import Prediction
internal import Statistics
internal import Threads

extension Subcommand {
    static let replay: Subcommand = Subcommand(
        "replay", summary: "Shows what routing would have saved on recorded outcomes.",
        details: """
            FILES are recorded outcomes. Prompts that ask the same stay together in one part; each part is routed by what was
            learned from the others. Costs are those recorded, or computed from --tokens and --prices.
            """,
        options: [
            .tokens, .prices, .onlyModels, .baseline, .mostAnswers, .folds, .seed, .bound, .confidence, .json, .plot,
            choices, .value, mostOutcomes,
        ],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        guard invocation[choices] == nil || invocation[.mostAnswers] != nil && invocation[.value] != nil else {
            throw .usage("--choices goes with --cascade and --value: it writes what one policy did")
        }
        FreedMemory.keepsAll()
        let certifier = try invocation.certifier()
        let mostAnswers = try invocation.mostAnswers()
        let (files, rows, baseline) = try await OutcomeFiles.forRouting(invocation, answers: mostAnswers != nil)
        let folds = try invocation.integer(.folds, in: 2...20) ?? 5
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        let parts = ReplayParts(
            rows, of: files, count: folds, seed: seed, most: try invocation.integer(mostOutcomes, in: 100...1_000_000))
        var expectations: [Expectations] = []
        var (outcomes, figures): (PolicyOutcomes?, CascadeFigures?) = (nil, nil)
        if let mostAnswers {
            let trial = CascadeTrial(files, mostAnswers: mostAnswers, pairs: .leads)
            let judged = try await parts.map { part throws(CommandFailure) in
                try trial.judge(part, of: parts, baseline: baseline, seed: seed)
            }
            expectations = judged.map { Expectations(predictor: $0.learned.predictor, costs: $0.learned.cascade.costs) }
            (outcomes, figures) = trial.figures(of: parts, judged, baseline: baseline, seed: seed)
            if let path = invocation[choices] {
                try trial.write(
                    choices: path, worth: try invocation.dollars(.value), parts, judged.map(\.learned), of: files)
            }
        } else {
            expectations = try await parts.map { part throws(CommandFailure) in
                try files.expectations(learnedFrom: parts.others[part], pairs: .leads)
            }
        }
        let table = files.routingTable(rows, baseline: baseline, by: { expectations[parts.numbers[$0]] })
        let report = ReplayReport(
            table: table, outcomes: outcomes, cascade: figures, certifier: certifier,
            leftOut: files.observations.count - rows.count, folds: folds, seed: seed)
        if let path = invocation[.plot] { try CostQualityPage(report).write(to: path) }
        print(invocation.has(.json) ? report.json : report.text, terminator: "")
    }
}

extension Subcommand {
    fileprivate static let choices = Option.value(
        "choices", "FILE", "Writes as JSONL whom the cascade of --value asked of each prompt, and whose answer it took."
    )
    fileprivate static let mostOutcomes = Option.value(
        "outcomes", "N", "Learns from no more than N prompts of the other parts.")
}

extension CascadeTrial {
    /// Writes what one policy did with each prompt, learned from the other parts.
    fileprivate func write(
        choices path: String, worth value: Double, _ parts: ReplayParts, _ learned: [Learned], of files: OutcomeFiles
    ) throws(CommandFailure) {
        var lines: [UInt8] = []
        for (place, row) in parts.rows.enumerated() {
            let learned = learned[parts.numbers[place]]
            guard let path = paths([row], by: learned).first?[learned.cascade.policy(value: value)] else { continue }
            var json = JSONWriter()
            json.object { json in
                json.member("id", files.ids[row])
                json.member("part", parts.numbers[place] + 1)
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

    /// What was learned of the other parts, and what it did with one.
    fileprivate struct Judged: Sendable {
        let learned: Learned
        /// For each of the part's prompts.
        let paths: [[CascadePath]]
        /// What was chosen on the other parts.
        let part: CascadeFigures.Part
    }

    fileprivate func judge(
        _ part: Int, of parts: ReplayParts, baseline: Int, seed: UInt64
    ) throws(CommandFailure) -> Judged {
        let learned = try learn(from: parts.others[part])
        let known = try heldOut(parts.others[part], learned, baseline: baseline, seed: seed)
        return Judged(
            learned: learned, paths: paths(parts.places(in: part).map { parts.rows[$0] }, by: learned),
            part: CascadeFigures.Part(
                values: learned.cascade.values,
                chosen: Self.losses.map { known.cheapest(loss: $0, Array(known.prompts))?.policy ?? 0 },
                dearer: known.dearer))
    }

    /// What cascades do with all parts that were learned each from the others.
    fileprivate func figures(
        of parts: ReplayParts, _ judged: [Judged], baseline: Int, seed: UInt64
    ) -> (PolicyOutcomes, CascadeFigures) {
        var paths = [[CascadePath]](repeating: [], count: parts.rows.count)
        for (part, judged) in judged.enumerated() {
            for (place, path) in zip(parts.places(in: part), judged.paths) { paths[place] = path }
        }
        let outcomes = outcomes(parts.rows, paths, values: judged[0].learned.cascade.values, baseline: baseline)
        return (
            outcomes,
            CascadeFigures(
                outcomes, paths: paths, numbers: parts.numbers, parts: judged.map(\.part), losses: Self.losses,
                mostAnswers: mostAnswers, seed: seed)
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
