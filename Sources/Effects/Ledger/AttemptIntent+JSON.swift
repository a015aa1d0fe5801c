internal import Dialogue
package import JSON

extension AttemptIntent {
    /// Writes the members of an object.
    package func write(to json: inout JSONWriter) {
        json.member("exchange", exchange.text)
        json.member("time_us", Int(time))
        json.member("key", caller.text)
        json.member("route", route?.text)
        json.member("requested", requested)
        json.member("task", taskClass.rawValue)
        json.member("format", format)
        json.member("streamed", streamed)
        json.member("number", number)
        json.member("model", model.text)
        json.member("provider", provider.text)
        json.member("usage", object: { estimatedUsage.write(to: &$0) })
        json.member("cost_nano", Int(estimatedCost.count))
        json.member("baseline_model", baselineModel?.text)
        json.member("baseline_cost_nano", baselineCost.map { Int($0.count) })
        json.member("shadowed", shadowed?.text)
    }

    /// Reads what ``write(to:)`` wrote; nil if something is missing.
    package init?(_ json: JSONValue) {
        guard let exchange = json["exchange"]?.string, let time = json["time_us"]?.int,
            let caller = json["key"]?.string, let requested = json["requested"]?.string,
            let task = json["task"]?.string, let format = json["format"]?.string,
            let streamed = json["streamed"]?.bool, let number = json["number"]?.int,
            let model = json["model"]?.string, let provider = json["provider"]?.string,
            let usage = json["usage"], let cost = json["cost_nano"]?.int
        else { return nil }
        self.init(
            exchange: ExchangeID(exchange), time: Int64(time), caller: CallerName(caller),
            route: json["route"]?.string.map(RouteName.init), requested: requested,
            taskClass: TaskClass(rawValue: task) ?? .unknown, format: format, streamed: streamed, number: number,
            model: ModelName(model), provider: ProviderName(provider), estimatedUsage: TokenUsage(usage),
            estimatedCost: Nanodollars(Int64(cost)), baselineModel: json["baseline_model"]?.string.map(ModelName.init),
            baselineCost: json["baseline_cost_nano"]?.int.map { Nanodollars(Int64($0)) },
            shadowed: json["shadowed"]?.string.map(ExchangeID.init))
    }
}

extension ExchangeRecord {
    /// What is known of an exchange that a crash cut short: its calls, with the cost that was expected of each.
    ///
    /// - Parameter intents: of one exchange, in any order; not empty.
    package init?(lost intents: [AttemptIntent]) {
        let intents = intents.sorted { $0.number < $1.number }
        guard let first = intents.first else { return nil }
        let attempts = intents.map { intent in
            var usage = intent.estimatedUsage
            usage.isEstimated = true
            return AttemptRecord(
                number: intent.number, model: intent.model, provider: intent.provider, outcome: .lost, status: 0,
                usage: usage, cost: intent.estimatedCost, duration: 0, firstByte: nil)
        }
        self.init(
            id: first.exchange, arrival: first.time, duration: 0, overhead: 0, caller: first.caller,
            route: first.route, requested: first.requested, taskClass: first.taskClass, format: first.format,
            streamed: first.streamed, status: 499, deliveredModel: nil, deliveredProvider: nil,
            baselineModel: first.baselineModel, baselineCost: first.baselineCost, attempts: attempts,
            shadowed: first.shadowed)
    }
}
