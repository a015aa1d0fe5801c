internal import Arguments
internal import Certification
internal import Digests
internal import Files
internal import JSON
internal import Ledger
internal import Prediction
internal import Statistics
internal import Telemetry

extension Subcommand {
    static let certify: Subcommand = Subcommand(
        "certify", summary: "Finds the cheapest routing whose loss against the baseline is shown to be under a bound.",
        details: """
            FILES are recorded outcomes. Half of the prompts, by a hash of what they ask, is learned from; the other half is
            looked at once. Policies are tested from the most careful to the cheapest, up to the first that fails. Without
            enough prompts there is no certificate, exit status 1, and the line says how many are needed.
            """,
        options: [
            .tokens, .prices, .onlyModels, .baseline, bound, confidence, .seed, certificateFile, predictor, draws, live,
            pairs,
            .json,
        ],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        let (files, rows, baseline) = try OutcomeFiles.forRouting(invocation)
        let margin = try invocation.percent(bound) ?? 0.02
        let level = try invocation.percent(confidence) ?? 0.95
        guard margin > 0, margin < 1, level > 0.5, level < 1 else {
            throw .usage("--bound takes 0.1 to 99 percentage points, --confidence 51 to 99.9 percent")
        }
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        let halves = rows.map { PromptGroup.fold(files.observations[$0].group, of: 2, seed: seed) }
        let learn = rows.indices.filter { halves[$0] == 0 }.map { rows[$0] }
        let look = rows.indices.filter { halves[$0] == 1 }.map { rows[$0] }
        let learned = try files.expectations(learnedFrom: learn)
        let table = files.routingTable(look, baseline: baseline, by: { _ in learned })
        let certifier = Certifier(margin: margin, confidence: level)
        if let draws = try invocation.integer(Self.draws, in: 1...100_000) {
            let pairs = try invocation.integer(Self.pairs, in: 50...1_000_000) ?? 1000
            let trial = PromiseTrial(table.outcomes, certifier: certifier, pairs: pairs, draws: draws, seed: seed)
            print(trial.lines(pairs: pairs, of: look.count), terminator: "")
            return
        }
        if let runs = try invocation.integer(live, in: 1...100_000) {
            let pairs = try invocation.integer(Self.pairs, in: 50...1_000_000) ?? 1000
            let trial = LiveTrial(
                table.outcomes, bound: margin, confidence: level, pairs: pairs, runs: runs, seed: seed)
            print(trial.lines(pairs: pairs, of: look.count), terminator: "")
            return
        }
        let result = certifier.walk(table.outcomes)
        guard let finding = result.certified else {
            throw .failed(Self.refusal(result.failed, margin: margin, level: level, pairs: look.count))
        }
        let bytes = PredictorFile.encode(learned.predictor)
        let written = Certificate(
            date: CalendarDay(microseconds: WallClock.microseconds).description, bound: margin, confidence: level,
            pairs: finding.tally.pairs, harms: finding.tally.harms, gains: finding.tally.gains, undecided: 0,
            loss: finding.loss, saving: finding.saving,
            policy: Certificate.Policy(
                models: zip(files.models, learned.costs).map { name, cost in
                    Certificate.Model(name: name, baseCost: cost.base, costPerToken: cost.perToken)
                },
                baseline: files.models[baseline], value: finding.value),
            predictor: SHA256Digest(of: bytes).description)
        do throws(SystemError) {
            if let path = invocation[predictor] { try WholeFile.replace(path, with: bytes) }
            if let path = invocation[certificateFile] { try WholeFile.replace(path, with: written.file) }
        } catch {
            throw .failed("\(error)")
        }
        print(
            invocation.has(.json) ? String(decoding: written.file, as: UTF8.self) : written.lines, terminator: "")
    }

    private static let bound = Option.value(
        "bound", "POINTS", "The loss to stay under, in percentage points; 2 by default.")
    private static let confidence = Option.value("confidence", "PERCENT", "95 by default.")
    private static let certificateFile = Option.value("out", "FILE", "Writes the certificate as JSON.")
    private static let draws = Option.value(
        "draws", "N", "Makes no certificate but N trial ones from samples, and says how many break their promise.")
    private static let live = Option.value(
        "live", "RUNS", "As --draws, but the pairs come in one by one and are looked at after each, as while serving.")
    private static let pairs = Option.value("pairs", "N", "In each trial's sample or run; 1000 by default.")
    private static let predictor = Option.value("predictor-out", "FILE", "Writes the predictor that it is about.")

    private static func refusal(
        _ failed: Certifier.Finding?, margin: Double, level: Double, pairs: Int
    ) -> String {
        let points = EvaluationReport.figure(margin * 100)
        let least = PairedTally.minimumPairs(margin: margin, confidence: level)
        guard pairs >= least, let failed else {
            return "\(pairs) pairs to look at, at least \(least) are needed for a bound of \(points) points: record "
                + "\(least - pairs) more"
        }
        guard let needed = failed.tally.pairsNeeded(margin: margin, confidence: level) else {
            return
                "even the most careful routing loses \(EvaluationReport.figure(failed.loss * 100)) points, the bound is "
                + "\(points): use the baseline, or name stronger models"
        }
        return
            "\(pairs) pairs do not show a loss under \(points) points: about \(max(needed - pairs, 1)) more are needed"
    }
}

extension PromiseTrial {
    fileprivate func lines(pairs: Int, of prompts: Int) -> String {
        let figure = { (share: Double) in EvaluationReport.figure(share * 100) }
        let interval = brokenShare.wilson()
        let kept = oracleSaving > 0 ? saving / oracleSaving : 0
        return """
            \(draws) draws of \(pairs) pairs from \(prompts) prompts: \(issued) certificates, \(broken) broken promises, \
            \(figure(brokenShare.share)) % [\(figure(interval.lower))–\(figure(interval.upper))].
            Saved \(figure(saving)) % in the mean, an oracle that knows the true losses \(figure(oracleSaving)) %: \
            \(figure(kept)) % of it.

            """
    }
}

extension LiveTrial {
    fileprivate func lines(pairs: Int, of prompts: Int) -> String {
        let figure = { (share: Double) in EvaluationReport.figure(share * 100) }
        let interval = brokenShare.wilson()
        let kept = oracleSaving > 0 ? saving / oracleSaving : 0
        return """
            \(runs) runs of \(pairs) pairs from \(prompts) prompts, a look after each: \(issued) certificates, \(broken) broken \
            promises, \(figure(brokenShare.share)) % [\(figure(interval.lower))–\(figure(interval.upper))]; \(falseAlarms) \
            false alarms.
            At the end \(figure(saving)) % saved in the mean, an oracle that knows the true losses \(figure(oracleSaving)) %: \
            \(figure(kept)) % of it.

            """
    }
}

extension Certificate {
    /// The certificate for people.
    fileprivate var lines: String {
        let figure = EvaluationReport.figure
        return """
            With \(figure(confidence * 100)) % confidence the routing is at most \(figure(bound * 100)) points below \
            \(policy.baseline).
            \(pairs) pairs: \(harms) harms, \(gains) gains, \(undecided) undecided; observed loss \(figure(loss * 100)) \
            points, saving \(figure(saving * 100)) %.
            A right answer is worth $\(figure(policy.value)).

            """
    }
}

extension Invocation {
    /// A share given in percent, with a decimal point if need be.
    fileprivate func percent(_ option: Option) throws(CommandFailure) -> Double? {
        guard let text = self[option] else { return nil }
        guard let percent = Double(text), percent.isFinite, percent > 0 else {
            throw .usage("--\(option.name) takes a number such as 2 or 0.5, not '\(text)'")
        }
        return percent / 100
    }
}
