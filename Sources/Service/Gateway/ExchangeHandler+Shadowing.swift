internal import Agreement
internal import Catalog
internal import Checks
internal import Dialogue
internal import EventLoops
internal import Experience
internal import HTTPMessages
internal import Journal
internal import Ledger
internal import Prediction
internal import Providers
internal import Routing
internal import TaskClasses
internal import Telemetry
internal import WireFormats

/// A delivered answer, from which a comparison starts.
struct DeliveredAnswer {
    let planned: PlannedCandidate
    /// The attempt's number.
    let number: Int
    let answer: (Prompt, TaskClass) -> Answer
}

extension ExchangeHandler {
    /// Compares a delivered answer with the baseline's, if the exchange is drawn: in a task of its own, and its own account.
    func compare(
        _ exchange: Exchange, client: HTTPFields, _ snapshot: GatewaySnapshot
    ) {
        let decision = exchange.decision
        guard let route = decision.route, let shadowing = route.shadowing, let delivered = exchange.delivered,
            let baseline = decision.plan.baseline, Double.random(in: 0..<1) < decision.shadowShare
        else { return }
        let group = exchange.promptGroup
        let certifies = PromptGroup.certifies(group)
        let alternatives = decision.alternatives
        // What is asked for certain: all that policies of the path begin with, or all that is to be learned of.
        let wanted = certifies ? alternatives.compactMap { $0.plan.order.first } : decision.littleKnown
        let asked = Set(([baseline] + wanted).map(\.candidate)).subtracting([delivered.planned.candidate])
        let usage = decision.request.expectedUsage
        let reserved = asked.reduce(Nanodollars.zero) { $0 + $1.prices.cost(of: usage) }
        guard
            state.shadows.reserve(
                reserved, of: shadowing.budget, for: route.name, at: WallClock.microseconds)
        else { return state.metrics.noteComparison("skipped", route.name) }
        let account = Exchange(
            id: ExchangeID.next(), arrival: .current, arrivalTime: WallClock.microseconds, caller: exchange.caller,
            request: exchange.request, decision: decision, shadowed: exchange.id)
        let run = ShadowRun(
            handler: self, client: client, snapshot: snapshot, account: account,
            delivered: compared(delivered, exchange))
        let task = loop.spawn { [self] in
            let pair = await pair(run, delivered: delivered.planned, baseline, wanted, alternatives, of: exchange)
            keep(pair, run, of: exchange, learns: !certifies)
            state.shadows.settle(reserved, paid: account.cost, for: route.name)
            state.shadows.end(account.id)
        }
        state.shadows.begin(task, for: account.id)
    }

    /// Asks what has to be asked, and compares; nil if the baseline does not answer.
    private func pair(
        _ run: ShadowRun, delivered: PlannedCandidate, _ baseline: PlannedCandidate, _ wanted: [PlannedCandidate],
        _ alternatives: [Course], of exchange: Exchange
    ) async -> PairRecord? {
        let decision = exchange.decision
        guard let route = decision.route, let reference = await run.answer(of: baseline),
            let own = await run.answer(of: delivered)
        else { return nil }
        let group = exchange.promptGroup
        var path: [PairRecord.Verdict] = []
        var isOwn: [Bool] = []
        if PromptGroup.certifies(group) {
            for policy in alternatives {
                let outcome = await run.outcome(of: policy)
                path.append(outcome?.verdict(over: reference) ?? .undecided)
                isOwn.append(outcome?.candidate === delivered.candidate)
            }
        } else {
            for candidate in wanted { _ = await run.answer(of: candidate) }
        }
        guard !Task.isCancelled else { return nil }
        return PairRecord(
            id: OutcomeRecord.id(.shadow, of: exchange.id), time: WallClock.microseconds, exchange: exchange.id,
            route: route.name,
            group: group, certifies: PromptGroup.certifies(group), propensity: decision.shadowShare,
            policy: decision.knowledge?.policies?.version ?? "grades", bound: decision.knowledge?.policies?.bound ?? 0,
            model: delivered.candidate.model.name, baseline: baseline.candidate.model.name,
            verdict: own.verdict(over: reference), probability: own.probability,
            baselineProbability: reference.probability, path: path, isOwn: isOwn)
    }

    /// Accounts for what was asked, and keeps what came of it; what the journal cannot take is as if it had not been compared.
    private func keep(_ pair: PairRecord?, _ run: ShadowRun, of exchange: Exchange, learns: Bool) {
        guard let route = exchange.decision.route?.name else { return }
        let account = run.account
        state.metrics.noteComparison(pair?.verdict.rawValue ?? "unanswered", route)
        do {
            if !account.attempts.isEmpty {
                account.review = pair.flatMap { Self.reviewMark(of: $0, exchange) }
                let record = account.record(status: 200, delivered: nil, now: .current)
                state.metrics.observe(shadow: record)
                try state.journal.append(record)
            }
            guard let pair else { return }
            try state.journal.append(pair)
            guard learns else { return }
            for outcome in run.outcomes(of: exchange, pair) { try state.journal.append(outcome) }
        } catch {
            state.metrics.journalFailures.add()
        }
    }

    /// That a person should look at a pair that nothing decides, if the route has answers looked at.
    private static func reviewMark(of pair: PairRecord, _ exchange: Exchange) -> ReviewMark? {
        guard pair.verdict == .undecided, exchange.decision.route?.review.action != .off else { return nil }
        return ReviewMark(isHeld: false, reasons: [ReviewReason.undecided.rawValue])
    }

    /// The delivered answer as it is compared.
    private func compared(_ delivered: DeliveredAnswer, _ exchange: Exchange) -> ComparedAnswer {
        let attempt = exchange.attempts.first { $0.number == delivered.number }
        var answer = delivered.answer(exchange.prompt, exchange.decision.classification.taskClass)
        let canonical = CanonicalAnswer(of: &answer, with: decider.extractor)
        let findings = Check.findings(on: &answer, within: CheckBudget())
        return ComparedAnswer(
            planned: delivered.planned, answer: answer, canonical: canonical, findings: findings,
            sketch: attempt?.sketch,
            probability: attempt?.verdict?.probability ?? 0.5, cost: attempt?.cost ?? .zero)
    }

    /// A candidate's answer, read to its end and looked at; nil if none came.
    func comparedAnswer(
        of planned: PlannedCandidate, client: HTTPFields, _ snapshot: GatewaySnapshot, _ account: Exchange
    ) async -> ComparedAnswer? {
        do throws(Unanswered) {
            let answered = try await answer(of: planned, client: client, snapshot, account)
            let held = try await hold(answered, at: 0, account, with: nil)
            guard held.isAccounted, let judgement = held.judgement else {
                await dismiss([held], but: nil, account)
                return nil
            }
            var answer = held.content.answer(
                to: account.prompt, taskClass: account.decision.classification.taskClass)
            let canonical = CanonicalAnswer(of: &answer, with: decider.extractor)
            return ComparedAnswer(
                planned: planned, answer: answer, canonical: canonical, findings: judgement.findings,
                sketch: judgement.sketch?.encoded, probability: held.draft.probability,
                cost: held.draft.cost)
        } catch {
            return nil
        }
    }
}

extension ShadowRun {
    /// What is learned of each model that answered: right is what the baseline says too, or what checks hold against the baseline.
    fileprivate func outcomes(of exchange: Exchange, _ pair: PairRecord) -> [OutcomeRecord] {
        guard let baseline = known.first(where: { $0.candidate.model.name == pair.baseline }) else { return [] }
        let verdicts = known.map { ($0, $0.verdict(over: baseline)) }
        let isBaselineWrong = verdicts.contains { $0.1 == .gain }
        let sketch = PromptSketch(
            features: exchange.decision.prompt.encoded, group: pair.group, propensity: pair.propensity)
        return verdicts.map { answer, verdict in
            let candidate = answer.candidate
            let isRight = candidate === baseline.candidate ? !isBaselineWrong : verdict == .gain || verdict == .agree
            return OutcomeRecord(
                id: "\(pair.id)/\(candidate.provider)/\(candidate.model.name)", time: pair.time, source: .shadow,
                model: candidate.model.name, score: isRight ? 1 : 0, exchange: exchange.id,
                taskClass: exchange.decision.classification.taskClass, prompt: sketch, answer: answer.sketch)
        }.sorted { $0.id < $1.id }
    }
}
