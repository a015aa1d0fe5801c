internal import Arguments
internal import Cascade
internal import Certification
internal import Digests
internal import Files
internal import JSON
internal import Ledger
internal import Prediction
internal import Statistics
internal import Telemetry
internal import Threads

extension Subcommand {
    static let certify: Subcommand = Subcommand(
        "certify", summary: "Finds the cheapest policy whose loss against the baseline is shown to be under a bound.",
        details: """
            FILES are recorded outcomes. Half of the prompts, by a hash of what they ask, is learned from; the other half is
            looked at once. Policies are tested from the most careful to the cheapest, up to the first that fails. Without
            enough prompts there is no certificate, exit status 1, and the line says how many are needed.
            """,
        options: [
            .tokens, .prices, .onlyModels, .baseline, .mostAnswers, .bound, .confidence, .seed, certificateFile,
            predictor,
            draws, live, pairs,
            .json,
        ],
        operand: Operand("FILES", "Recorded outcomes.", count: 1...64)
    ) { invocation throws(CommandFailure) in
        FreedMemory.keepsAll()
        let certifier = try invocation.certifier()
        let mostAnswers = try invocation.mostAnswers()
        let (files, rows, baseline) = try await OutcomeFiles.forRouting(invocation, answers: mostAnswers != nil)
        let seed = UInt64(try invocation.integer(.seed) ?? 1)
        let halves = rows.map { PromptGroup.fold(files.observations[$0].group, of: 2, seed: seed) }
        let learn = rows.indices.filter { halves[$0] == 0 }.map { rows[$0] }
        let look = rows.indices.filter { halves[$0] == 1 }.map { rows[$0] }
        let candidate = try files.candidate(learn, look, baseline: baseline, mostAnswers: mostAnswers, seed: seed)
        if let draws = try invocation.integer(Self.draws, in: 1...100_000) {
            let pairs = try invocation.integer(Self.pairs, in: 50...1_000_000) ?? 1000
            let trial = PromiseTrial(candidate.outcomes, certifier: certifier, pairs: pairs, draws: draws, seed: seed)
            print(trial.lines(pairs: pairs, of: look.count), terminator: "")
            return
        }
        if let runs = try invocation.integer(live, in: 1...100_000) {
            let pairs = try invocation.integer(Self.pairs, in: 50...1_000_000) ?? 1000
            let trial = LiveTrial(
                candidate.outcomes, bound: certifier.margin, confidence: certifier.confidence, pairs: pairs, runs: runs,
                seed: seed)
            print(trial.lines(pairs: pairs, of: look.count), terminator: "")
            return
        }
        let result = certifier.walk(candidate.outcomes)
        guard let finding = result.certified else {
            throw .failed(certifier.refusal(result.failed, pairs: look.count))
        }
        let written = Certificate(
            date: CalendarDay(microseconds: WallClock.microseconds).description, bound: certifier.margin,
            confidence: certifier.confidence,
            pairs: finding.tally.pairs, harms: finding.tally.harms, gains: finding.tally.gains, undecided: 0,
            loss: finding.loss, saving: finding.saving,
            policy: Certificate.Policy(
                models: zip(files.models, candidate.costs).map { name, cost in
                    Certificate.Model(name: name, baseCost: cost.base, costPerToken: cost.perToken)
                },
                baseline: files.models[baseline], value: finding.value, mostAnswers: mostAnswers ?? 1),
            predictor: SHA256Digest(of: candidate.file).description)
        do throws(SystemError) {
            if let path = invocation[predictor] { try WholeFile.replace(path, with: candidate.file) }
            if let path = invocation[certificateFile] { try WholeFile.replace(path, with: written.file) }
        } catch {
            throw .failed("\(error)")
        }
        print(
            invocation.has(.json) ? String(decoding: written.file, as: UTF8.self) : written.lines, terminator: "")
    }

    private static let certificateFile = Option.value("out", "FILE", "Writes the certificate as JSON.")
    private static let draws = Option.value(
        "draws", "N", "Makes no certificate but N trial ones from samples, and says how many break their promise.")
    private static let live = Option.value(
        "live", "RUNS", "As --draws, but the pairs come in one by one and are looked at after each, as while serving.")
    private static let pairs = Option.value("pairs", "N", "In each trial's sample or run; 1000 by default.")
    private static let predictor = Option.value("predictor-out", "FILE", "Writes the predictor that it is about.")
}

/// Policies that may be certified.
private struct CertificationCandidate {
    let outcomes: PolicyOutcomes
    /// What each model is expected to cost.
    let costs: [CostModel]
    /// The predictor's file that holds them.
    let file: [UInt8]
}

extension OutcomeFiles {
    /// What was learned of some rows, and what it does with others.
    fileprivate func candidate(
        _ learn: [Int], _ look: [Int], baseline: Int, mostAnswers: Int?, seed: UInt64
    ) throws(CommandFailure) -> CertificationCandidate {
        guard let mostAnswers else {
            let learned = try expectations(learnedFrom: learn)
            return CertificationCandidate(
                outcomes: routingTable(look, baseline: baseline, by: { _ in learned }).outcomes, costs: learned.costs,
                file: PredictorFile.encode(learned.predictor))
        }
        let trial = CascadeTrial(self, mostAnswers: mostAnswers)
        let learned = try trial.learn(from: learn)
        // Policies that are dearer than the baseline are not worth a test: which those are is told by what was learned from.
        let known = try trial.heldOut(learn, learned, baseline: baseline, seed: seed)
        let outcomes = trial.outcomes(
            look, trial.paths(look, by: learned), values: learned.cascade.values, baseline: baseline)
        return CertificationCandidate(
            outcomes: outcomes.droppingFirst(known.dearer),
            costs: learned.cascade.costs,
            file: PredictorFile.encode(learned.predictor, cascade: learned.cascade.encoded))
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
            A right answer is worth $\(Figures.significant(policy.value)).

            """
    }
}
