package import Dialogue

/// All that is kept of one client request: who asked, what was decided, what was tried, what it cost.
///
/// Prompts and answers are no part of it.
package struct ExchangeRecord: Hashable, Sendable {
    package var id: ExchangeID
    /// When the request had arrived: microseconds since 1970.
    package var arrival: Int64
    /// From arrival to the last byte handed to the socket, in microseconds.
    package var duration: Int64
    /// The gateway's own share of it up to the first upstream call, in microseconds.
    package var overhead: Int64
    package var caller: CallerName
    /// The route that decided; nil when the client pinned a model.
    package var route: RouteName?
    /// The model or route that the client asked for.
    package var requested: String
    package var taskClass: TaskClass
    /// `openai` or `anthropic`: the format the client spoke.
    package var format: String
    package var streamed: Bool
    /// The status that the client was sent, 499 if it hung up first.
    package var status: Int
    /// Whose answer was delivered; nil if none was.
    package var deliveredModel: ModelName?
    package var deliveredProvider: ProviderName?
    /// The reference for savings, and what it would have cost; always an estimate.
    package var baselineModel: ModelName?
    package var baselineCost: Nanodollars?
    /// Every upstream call, in order.
    package var attempts: [AttemptRecord]
    /// The number of the attempt whose answer was delivered; nil if none was.
    package var deliveredAttempt: Int?
    /// What is kept of the prompt to learn from; nil for a pinned model and a lost exchange.
    package var prompt: PromptSketch?
    /// That a person should look at the answer; nil where nobody needs to.
    package var review: ReviewMark?
    /// The exchange whose request was asked once more of other models, to compare with; nil for a client's own.
    package var shadowed: ExchangeID?

    package init(
        id: ExchangeID, arrival: Int64, duration: Int64, overhead: Int64, caller: CallerName, route: RouteName?,
        requested: String, taskClass: TaskClass, format: String, streamed: Bool, status: Int,
        deliveredModel: ModelName?, deliveredProvider: ProviderName?, baselineModel: ModelName?,
        baselineCost: Nanodollars?, attempts: [AttemptRecord], deliveredAttempt: Int? = nil,
        prompt: PromptSketch? = nil, review: ReviewMark? = nil, shadowed: ExchangeID? = nil
    ) {
        self.id = id
        self.arrival = arrival
        self.duration = duration
        self.overhead = overhead
        self.caller = caller
        self.route = route
        self.requested = requested
        self.taskClass = taskClass
        self.format = format
        self.streamed = streamed
        self.status = status
        self.deliveredModel = deliveredModel
        self.deliveredProvider = deliveredProvider
        self.baselineModel = baselineModel
        self.baselineCost = baselineCost
        self.attempts = attempts
        self.deliveredAttempt = deliveredAttempt
        self.prompt = prompt
        self.review = review
        self.shadowed = shadowed
    }

    /// What all attempts cost together: rounded costs are added, nothing is rounded again.
    package var cost: Nanodollars { attempts.reduce(.zero) { $0 + $1.cost } }

    /// What the baseline would have cost less what was paid, which may be negative; nil without a baseline.
    package var saving: Nanodollars? { baselineCost.map { $0 - cost } }

    /// The attempt whose answer was delivered.
    package var deliveredRecord: AttemptRecord? {
        deliveredAttempt.flatMap { number in attempts.first { $0.number == number } }
    }

    /// What the answers cost that were looked at and not delivered.
    package var draftCost: Nanodollars {
        attempts.reduce(.zero) { sum, attempt in
            attempt.isAnswer && attempt.number != deliveredAttempt ? sum + attempt.cost : sum
        }
    }

    /// Whether an answer was delivered in place of one that would not do.
    package var isEscalated: Bool {
        deliveredAttempt != nil && attempts.count { $0.isAnswer } > 1
    }
}

/// One upstream call.
package struct AttemptRecord: Hashable, Sendable {
    package enum Outcome: String, Sendable {
        /// A whole answer arrived.
        case completed
        /// The provider answered with an error, or not at all.
        case failed
        /// The client hung up, or the gateway stopped waiting.
        case cancelled
        /// Found after a crash: the call had begun and nothing more is known.
        case lost
    }

    /// Whether it brought an answer: a whole one, or one whose beginning was looked at and would not do.
    package var isAnswer: Bool { outcome == .completed || verdict != nil }

    /// Position within the exchange, from 0.
    package var number: Int
    package var model: ModelName
    package var provider: ProviderName
    package var outcome: Outcome
    /// The upstream's HTTP status; 0 if none came.
    package var status: Int
    package var usage: TokenUsage
    package var cost: Nanodollars
    /// Microseconds from the first byte sent to the last received.
    package var duration: Int64
    /// Microseconds to the first byte of the answer's body; nil if none came.
    package var firstByte: Int64?
    /// What checks made of its answer; nil if nothing looked at it.
    package var verdict: VerdictRecord?
    /// How its answer compares with the one delivered; nil for that one, and where nobody compared them.
    package var likeness: Likeness?
    /// What is kept of its answer to learn from: numbers from which its text cannot be told; nil if nothing looked at it to
    /// its end.
    package var sketch: [UInt8]?

    package init(
        number: Int, model: ModelName, provider: ProviderName, outcome: Outcome, status: Int, usage: TokenUsage,
        cost: Nanodollars, duration: Int64, firstByte: Int64?, verdict: VerdictRecord? = nil, likeness: Likeness? = nil,
        sketch: [UInt8]? = nil
    ) {
        self.number = number
        self.model = model
        self.provider = provider
        self.outcome = outcome
        self.status = status
        self.usage = usage
        self.cost = cost
        self.duration = duration
        self.firstByte = firstByte
        self.verdict = verdict
        self.likeness = likeness
        self.sketch = sketch
    }
}

/// What is noted before an upstream call begins, so that a crash cannot hide its cost.
package struct AttemptIntent: Hashable, Sendable {
    package var exchange: ExchangeID
    /// Microseconds since 1970.
    package var time: Int64
    package var caller: CallerName
    package var route: RouteName?
    package var requested: String
    package var taskClass: TaskClass
    package var format: String
    package var streamed: Bool
    /// Position of the attempt within the exchange, from 0.
    package var number: Int
    package var model: ModelName
    package var provider: ProviderName
    /// What the call would cost by the gateway's own count: all input, and the expected output.
    package var estimatedUsage: TokenUsage
    package var estimatedCost: Nanodollars
    package var baselineModel: ModelName?
    package var baselineCost: Nanodollars?
    /// As in ``ExchangeRecord/shadowed``.
    package var shadowed: ExchangeID?

    package init(
        exchange: ExchangeID, time: Int64, caller: CallerName, route: RouteName?, requested: String,
        taskClass: TaskClass, format: String, streamed: Bool, number: Int, model: ModelName, provider: ProviderName,
        estimatedUsage: TokenUsage, estimatedCost: Nanodollars, baselineModel: ModelName?, baselineCost: Nanodollars?,
        shadowed: ExchangeID? = nil
    ) {
        self.exchange = exchange
        self.time = time
        self.caller = caller
        self.route = route
        self.requested = requested
        self.taskClass = taskClass
        self.format = format
        self.streamed = streamed
        self.number = number
        self.model = model
        self.provider = provider
        self.estimatedUsage = estimatedUsage
        self.estimatedCost = estimatedCost
        self.baselineModel = baselineModel
        self.baselineCost = baselineCost
        self.shadowed = shadowed
    }
}
