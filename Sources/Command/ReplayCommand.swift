internal import Arguments
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
        options: [.tokens, .prices, .onlyModels, .baseline, .folds, .seed, .json, .plot],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        let (files, rows, baseline) = try OutcomeFiles.forRouting(invocation)
        let folds = try invocation.integer(.folds, in: 2...20) ?? 5
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        let parts = rows.map { PromptGroup.fold(files.observations[$0].group, of: folds, seed: seed) }
        var learned: [Expectations] = []
        for part in 0..<folds {
            learned.append(
                try files.expectations(learnedFrom: rows.indices.filter { parts[$0] != part }.map { rows[$0] }))
        }
        let table = files.routingTable(rows, baseline: baseline, by: { learned[parts[$0]] })
        let report = ReplayReport(
            table: table, leftOut: files.observations.count - rows.count, folds: folds, seed: seed)
        if let path = invocation[.plot] { try report.write(plot: path) }
        print(invocation.has(.json) ? report.json : report.text, terminator: "")
    }
}
