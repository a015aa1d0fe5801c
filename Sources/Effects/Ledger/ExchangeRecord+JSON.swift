package import Dialogue
package import JSON

/// The form of records in the journal and in `report --json`: money in whole nanodollars, times in microseconds.
extension ExchangeRecord {
    /// Writes the members of an object.
    package func write(to json: inout JSONWriter) {
        json.member("id", id.text)
        json.member("arrival_us", Int(arrival))
        json.member("duration_us", Int(duration))
        json.member("overhead_us", Int(overhead))
        json.member("key", caller.text)
        json.member("route", route?.text)
        json.member("requested", requested)
        json.member("task", taskClass.rawValue)
        json.member("format", format)
        json.member("streamed", streamed)
        json.member("status", status)
        json.member("model", deliveredModel?.text)
        json.member("provider", deliveredProvider?.text)
        json.member("baseline_model", baselineModel?.text)
        json.member("baseline_cost_nano", baselineCost.map { Int($0.count) })
        json.member(
            "attempts",
            array: { list in
                for attempt in attempts { list.object { attempt.write(to: &$0) } }
            })
        json.member("delivered_attempt", deliveredAttempt)
        json.member("review", review?.text)
        json.member("shadowed", shadowed?.text)
        if let prompt { json.member("prompt", object: { prompt.write(to: &$0) }) }
    }

    /// Reads what ``write(to:)`` wrote; nil if something is missing.
    package init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, let arrival = json["arrival_us"]?.int,
            let duration = json["duration_us"]?.int, let overhead = json["overhead_us"]?.int,
            let caller = json["key"]?.string, let requested = json["requested"]?.string,
            let task = json["task"]?.string, let format = json["format"]?.string,
            let streamed = json["streamed"]?.bool, let status = json["status"]?.int,
            let elements = json["attempts"]?.elements
        else { return nil }
        var attempts: [AttemptRecord] = []
        for element in elements {
            guard let attempt = AttemptRecord(element) else { return nil }
            attempts.append(attempt)
        }
        self.init(
            id: ExchangeID(id), arrival: Int64(arrival), duration: Int64(duration), overhead: Int64(overhead),
            caller: CallerName(caller), route: json["route"]?.string.map(RouteName.init), requested: requested,
            taskClass: TaskClass(rawValue: task) ?? .unknown, format: format, streamed: streamed, status: status,
            deliveredModel: json["model"]?.string.map(ModelName.init),
            deliveredProvider: json["provider"]?.string.map(ProviderName.init),
            baselineModel: json["baseline_model"]?.string.map(ModelName.init),
            baselineCost: json["baseline_cost_nano"]?.int.map { Nanodollars(Int64($0)) }, attempts: attempts,
            deliveredAttempt: json["delivered_attempt"]?.int,
            prompt: json["prompt"].flatMap(PromptSketch.init),
            review: json["review"]?.string.flatMap { ReviewMark($0) },
            shadowed: json["shadowed"]?.string.map(ExchangeID.init))
    }
}

extension AttemptRecord {
    /// Writes the members of an object.
    package func write(to json: inout JSONWriter) {
        json.member("number", number)
        json.member("model", model.text)
        json.member("provider", provider.text)
        json.member("outcome", outcome.rawValue)
        json.member("status", status)
        json.member("usage", object: { usage.write(to: &$0) })
        json.member("cost_nano", Int(cost.count))
        json.member("duration_us", Int(duration))
        json.member("first_byte_us", firstByte.map { Int($0) })
        if let verdict { json.member("verdict", object: { verdict.write(to: &$0) }) }
        json.member("likeness", likeness?.rawValue)
        json.member("sketch", base64: sketch)
    }

    /// Reads what ``write(to:)`` wrote; nil if something is missing.
    package init?(_ json: JSONValue) {
        guard let number = json["number"]?.int, let model = json["model"]?.string,
            let provider = json["provider"]?.string, let outcome = json["outcome"]?.string.flatMap(Outcome.init),
            let status = json["status"]?.int, let usage = json["usage"], let cost = json["cost_nano"]?.int,
            let duration = json["duration_us"]?.int
        else { return nil }
        self.init(
            number: number, model: ModelName(model), provider: ProviderName(provider), outcome: outcome,
            status: status, usage: TokenUsage(usage), cost: Nanodollars(Int64(cost)), duration: Int64(duration),
            firstByte: json["first_byte_us"]?.int.map { Int64($0) },
            verdict: json["verdict"].flatMap(VerdictRecord.init),
            likeness: json["likeness"]?.string.flatMap(Likeness.init),
            sketch: json["sketch"]?.base64)
    }
}

extension TokenUsage {
    /// Writes the members of an object.
    package func write(to json: inout JSONWriter) {
        json.member("input", input)
        json.member("cache_read", cacheRead)
        json.member("cache_write", cacheWrite)
        json.member("cache_write_long", cacheWriteLong)
        json.member("output", output)
        json.member("reasoning", reasoning)
        json.member("estimated", isEstimated)
    }

    /// Reads what ``write(to:)`` wrote; a missing count is zero.
    package init(_ json: JSONValue) {
        self.init(
            input: json["input"]?.int ?? 0, cacheRead: json["cache_read"]?.int ?? 0,
            cacheWrite: json["cache_write"]?.int ?? 0, cacheWriteLong: json["cache_write_long"]?.int ?? 0,
            output: json["output"]?.int ?? 0, reasoning: json["reasoning"]?.int ?? 0,
            isEstimated: json["estimated"]?.bool ?? false)
    }
}
