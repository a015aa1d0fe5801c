internal import Dialogue
package import JSON

/// The form of pairs in the journal.
extension PairRecord {
    /// Writes the members of an object.
    package func write(to json: inout JSONWriter) {
        json.member("id", id)
        json.member("time_us", Int(time))
        json.member("exchange", exchange.text)
        json.member("route", route.text)
        json.member("group", hexadecimal: group)
        json.member("certifies", certifies)
        json.member("propensity", propensity)
        json.member("policy", policy)
        json.member("bound", bound)
        json.member("model", model.text)
        json.member("baseline", baseline.text)
        json.member("verdict", verdict.rawValue)
        json.member("p", probability)
        json.member("p_baseline", baselineProbability)
        json.member("path", Verdict.text(of: path))
        json.member("own", isOwn.map(Self.text))
    }

    /// One digit for each of a path's policies.
    package static func text(of isOwn: [Bool]) -> String { String(isOwn.map { $0 ? "1" : "0" }) }

    /// Reads ``text(of:)``.
    package static func flags(_ text: String) -> [Bool] { text.map { $0 == "1" } }

    /// Reads what ``write(to:)`` wrote; nil if something is missing.
    package init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, let time = json["time_us"]?.int, let exchange = json["exchange"]?.string,
            let route = json["route"]?.string, let group = json["group"]?.string.flatMap({ UInt64($0, radix: 16) }),
            let certifies = json["certifies"]?.bool, let propensity = json["propensity"]?.double,
            let policy = json["policy"]?.string, let bound = json["bound"]?.double,
            let model = json["model"]?.string, let baseline = json["baseline"]?.string,
            let verdict = json["verdict"]?.string.flatMap(Verdict.init), let probability = json["p"]?.double,
            let baselineProbability = json["p_baseline"]?.double, let path = json["path"]?.string.flatMap(Verdict.path)
        else { return nil }
        self.init(
            id: id, time: Int64(time), exchange: ExchangeID(exchange), route: RouteName(route), group: group,
            certifies: certifies, propensity: propensity, policy: policy, bound: bound, model: ModelName(model),
            baseline: ModelName(baseline), verdict: verdict, probability: probability,
            baselineProbability: baselineProbability, path: path,
            isOwn: json["own"]?.string.map(Self.flags))
    }
}
