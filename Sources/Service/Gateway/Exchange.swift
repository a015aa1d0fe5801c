internal import Catalog
internal import Dialogue
internal import EventLoops
internal import Ledger
internal import Prediction
internal import Routing
internal import TaskClasses
internal import WireFormats

/// The running account of one client request; becomes its ledger record.
///
/// Bound to the loop, and shared by the calls that are under way for it.
final class Exchange {
    let id: ExchangeID
    let arrival: LoopInstant
    /// Microseconds since 1970.
    let arrivalTime: Int64
    let caller: CallerName
    let request: DecodedRequest
    let decision: Decision
    /// Those that have ended, in the order of their numbers.
    private(set) var attempts: [AttemptRecord] = []
    /// The exchange that this one compares; nil for a client's own.
    let shadowed: ExchangeID?
    /// The answer that was delivered whole; nil until then, and where the route compares none.
    private(set) var delivered: DeliveredAnswer?
    /// For each answer that was compared with the others how many say the same, itself included; empty where none were.
    var opinions: [Int] = []
    /// That a person should look at the answer.
    var review: ReviewMark?
    private var asked = 0
    private var overhead: Int64 = 0

    init(
        id: ExchangeID, arrival: LoopInstant, arrivalTime: Int64, caller: CallerName, request: DecodedRequest,
        decision: Decision, shadowed: ExchangeID? = nil
    ) {
        self.id = id
        self.arrival = arrival
        self.arrivalTime = arrivalTime
        self.caller = caller
        self.request = request
        self.decision = decision
        self.shadowed = shadowed
    }

    var format: WireFormat { request.format }
    var prompt: Prompt { request.prompt }

    /// What a call is taken to have used that nobody waited for to its end: a stream stops with its connection, a
    /// whole answer is written to its end behind it.
    var abandonedUsage: TokenUsage {
        var usage = decision.request.expectedUsage
        if prompt.stream { usage.output = 0 }
        return usage
    }

    /// What is noted before the next upstream call, which gets the next number.
    func intent(to ask: PlannedCandidate, now: LoopInstant) -> AttemptIntent {
        let sinceArrival = now.microseconds(since: arrival)
        if asked == 0 { overhead = sinceArrival }
        defer { asked += 1 }
        let usage = decision.request.expectedUsage
        let baseline = shadowed == nil ? decision.plan.baseline?.candidate : nil
        return AttemptIntent(
            exchange: id, time: arrivalTime + sinceArrival, caller: caller,
            route: decision.route?.name, requested: prompt.model, taskClass: decision.classification.taskClass,
            format: format.rawValue, streamed: prompt.stream, number: asked, model: ask.candidate.model.name,
            provider: ask.candidate.provider, estimatedUsage: usage,
            estimatedCost: ask.candidate.prices.cost(of: usage), baselineModel: baseline?.model.name,
            baselineCost: baseline?.prices.cost(of: usage), shadowed: shadowed)
    }

    func add(_ attempt: AttemptRecord) {
        guard let last = attempts.last, last.number > attempt.number else { return attempts.append(attempt) }
        attempts.insert(attempt, at: attempts.firstIndex { $0.number > attempt.number } ?? attempts.endIndex)
    }

    /// Notes the answer that was delivered whole, if the route compares answers.
    func note(delivered: @autoclosure () -> DeliveredAnswer) {
        if decision.route?.shadowing != nil { self.delivered = delivered() }
    }

    /// Notes how an attempt's answer compares with the one that is delivered.
    func note(_ likeness: AttemptRecord.Likeness, of attempt: Int) {
        guard let place = attempts.firstIndex(where: { $0.number == attempt }) else { return }
        attempts[place].likeness = likeness
    }

    /// What an attempt that has ended used.
    func usage(of attempt: Int) -> TokenUsage? { attempts.first { $0.number == attempt }?.usage }

    /// What the attempts cost together.
    var cost: Nanodollars { attempts.reduce(.zero) { $0 + $1.cost } }

    /// The record as it goes into the journal.
    ///
    /// The baseline is reckoned on the delivered answer's tokens (else, with none delivered, on the last attempt's), and
    /// so is an estimate.
    func record(
        status: Int, delivered: Candidate?, attempt: Int? = nil, now: LoopInstant
    ) -> ExchangeRecord {
        let usage = attempt.flatMap(usage) ?? attempts.last?.usage
        let baseline = shadowed == nil ? decision.plan.baseline?.candidate : nil
        let reckoned = delivered == nil && cost == .zero ? nil : usage
        return ExchangeRecord(
            id: id, arrival: arrivalTime, duration: now.microseconds(since: arrival), overhead: overhead,
            caller: caller, route: decision.route?.name, requested: prompt.model,
            taskClass: decision.classification.taskClass,
            format: format.rawValue, streamed: prompt.stream, status: status, deliveredModel: delivered?.model.name,
            deliveredProvider: delivered?.provider, baselineModel: reckoned == nil ? nil : baseline?.model.name,
            baselineCost: reckoned.flatMap { usage in baseline?.prices.cost(of: usage) }, attempts: attempts,
            deliveredAttempt: attempt, prompt: delivered.flatMap(sketch), review: review,
            shadowed: shadowed)
    }

    /// Equal for prompts that ask the same.
    var promptGroup: UInt64 { PromptGroup.of(prompt.messages.last { $0.role == .user }?.text ?? "") }

    /// What is kept to learn from, if a route decided.
    private func sketch(_ delivered: Candidate) -> PromptSketch? {
        guard decision.route != nil else { return nil }
        let order = decision.plan.order
        let place = order.place(of: delivered)
        return PromptSketch(
            features: decision.prompt.encoded, group: promptGroup, propensity: place == 0 ? decision.propensity : 0,
            predicted: place.flatMap { order[$0].expectation?.probability })
    }
}
