internal import Dialogue
package import JSON

/// The form of outcomes in the journal and in exported files.
extension OutcomeRecord {
    /// Writes the members of an object.
    package func write(to json: inout JSONWriter) {
        json.member("id", id)
        json.member("time_us", Int(time))
        json.member("source", source.rawValue)
        json.member("weight", weight)
        json.member("model", model.text)
        json.member("score", score)
        json.member("exchange", exchange?.text)
        json.member("task", taskClass.rawValue)
        prompt.write(to: &json)
        json.member("answer", base64: answer)
    }

    /// Reads what ``write(to:)`` wrote; nil if something is missing or out of bounds.
    package init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, !id.isEmpty, let time = json["time_us"]?.int,
            let source = json["source"]?.string.flatMap(Source.init), let model = json["model"]?.string,
            let score = json["score"]?.double, (0...1).contains(score), let task = json["task"]?.string,
            let prompt = PromptSketch(json)
        else { return nil }
        let weight = json["weight"]?.double ?? source.weight
        guard (0...1).contains(weight) else { return nil }
        self.init(
            id: id, time: Int64(time), source: source, weight: weight, model: ModelName(model), score: score,
            exchange: json["exchange"]?.string.map(ExchangeID.init), taskClass: TaskClass(rawValue: task) ?? .unknown,
            prompt: prompt, answer: json["answer"]?.base64)
    }
}

extension PromptSketch {
    /// Writes the members into the object that they are part of.
    package func write(to json: inout JSONWriter) {
        json.member("features", base64: features)
        json.member("group", hexadecimal: group)
        json.member("propensity", propensity)
        json.member("predicted", predicted)
    }

    /// Reads what ``write(to:)`` wrote; nil if it is not there.
    package init?(_ json: JSONValue) {
        guard let features = json["features"]?.base64,
            let group = json["group"]?.string.flatMap({ UInt64($0, radix: 16) })
        else { return nil }
        self.init(
            features: features, group: group, propensity: json["propensity"]?.double ?? 1,
            predicted: json["predicted"]?.double)
    }
}
