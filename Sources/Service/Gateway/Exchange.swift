internal import Catalog
internal import Dialogue
internal import Ledger
internal import Prediction
internal import Routing
internal import TaskClasses
internal import WireFormats

/// The running account of one client request; becomes its ledger record.
struct Exchange {
    let id: ExchangeID
    let arrival: ContinuousClock.Instant
    /// Microseconds since 1970.
    let arrivalTime: Int64
    let caller: CallerName
    let format: WireFormat
    let prompt: Prompt
    let decision: Decision
    private(set) var attempts: [AttemptRecord] = []
    private var overhead: Int64 = 0

    init(
        id: ExchangeID, arrival: ContinuousClock.Instant, arrivalTime: Int64, caller: CallerName, format: WireFormat,
        prompt: Prompt, decision: Decision
    ) {
        self.id = id
        self.arrival = arrival
        self.arrivalTime = arrivalTime
        self.caller = caller
        self.format = format
        self.prompt = prompt
        self.decision = decision
    }

    /// The gateway's own time before the first upstream call, in microseconds.
    var overheadMicroseconds: Int64 { overhead }

    /// What a call is taken to have used that nobody waited for to its end: a stream stops with its connection, a
    /// whole answer is written to its end behind it.
    var abandonedUsage: TokenUsage {
        TokenUsage(
            input: decision.request.inputTokens, output: prompt.stream ? 0 : decision.request.expectedOutputTokens,
            isEstimated: true)
    }

    /// What is noted before the next upstream call.
    mutating func intent(to ask: PlannedCandidate, now: ContinuousClock.Instant) -> AttemptIntent {
        if attempts.isEmpty { overhead = (now - arrival).microseconds }
        let usage = TokenUsage(
            input: decision.request.inputTokens, output: decision.request.expectedOutputTokens, isEstimated: true)
        let baseline = decision.plan.baseline
        return AttemptIntent(
            exchange: id, time: arrivalTime + (now - arrival).microseconds, caller: caller,
            route: decision.route?.name, requested: prompt.model, taskClass: decision.classification.taskClass,
            format: format.rawValue, streamed: prompt.stream, number: attempts.count, model: ask.candidate.model.name,
            provider: ask.candidate.provider, estimatedUsage: usage,
            estimatedCost: ask.candidate.prices.cost(of: usage), baselineModel: baseline?.candidate.model.name,
            baselineCost: baseline?.candidate.prices.cost(of: usage))
    }

    mutating func add(_ attempt: AttemptRecord) {
        attempts.append(attempt)
    }

    /// What the attempts cost together.
    var cost: Nanodollars { attempts.reduce(.zero) { $0 + $1.cost } }

    /// The record as it goes into the journal.
    ///
    /// The baseline is reckoned on the delivered answer's tokens (else, with none delivered, on the last attempt's), and
    /// so is an estimate.
    func record(
        status: Int, delivered: Candidate?, attempt: Int? = nil, now: ContinuousClock.Instant
    ) -> ExchangeRecord {
        let usage = attempt.map { attempts[$0].usage } ?? attempts.last?.usage
        let baseline = decision.plan.baseline?.candidate
        let reckoned = delivered == nil && cost == .zero ? nil : usage
        return ExchangeRecord(
            id: id, arrival: arrivalTime, duration: (now - arrival).microseconds, overhead: overhead, caller: caller,
            route: decision.route?.name, requested: prompt.model, taskClass: decision.classification.taskClass,
            format: format.rawValue, streamed: prompt.stream, status: status, deliveredModel: delivered?.model.name,
            deliveredProvider: delivered?.provider, baselineModel: reckoned == nil ? nil : baseline?.model.name,
            baselineCost: reckoned.flatMap { usage in baseline?.prices.cost(of: usage) }, attempts: attempts,
            deliveredAttempt: attempt, prompt: delivered.flatMap(sketch))
    }

    /// What is kept to learn from, if a route decided.
    private func sketch(_ delivered: Candidate) -> PromptSketch? {
        guard decision.route != nil else { return nil }
        let asked = prompt.messages.last { $0.role == .user }?.text ?? ""
        let place = decision.plan.order.firstIndex { $0.candidate === delivered }
        return PromptSketch(
            features: decision.prompt.encoded, group: PromptGroup.of(asked),
            propensity: place == 0 ? decision.propensity : 0,
            predicted: place.flatMap { decision.plan.order[$0].expectation?.probability })
    }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
