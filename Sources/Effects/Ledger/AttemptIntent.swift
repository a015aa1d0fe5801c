package import Dialogue

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
