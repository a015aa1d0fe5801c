package import JSON

extension Certificate {
    /// 2 for policies that look at no answer, which those who do not know of others read; 3 for others.
    private static let versions = 2...3

    /// The file's form: one JSON object and a line break.
    package var file: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("version", policy.mostAnswers == 1 ? 2 : 3)
            json.member("date", date)
            json.member("bound", bound)
            json.member("confidence", confidence)
            json.member("pairs", pairs)
            json.member("harms", harms)
            json.member("gains", gains)
            json.member("undecided", undecided)
            json.member("loss", loss)
            json.member("saving", saving)
            json.member(
                "policy",
                object: { json in
                    json.member(
                        "models",
                        array: { json in
                            for model in policy.models {
                                json.object { json in
                                    json.member("name", model.name)
                                    json.member("base_cost", model.baseCost)
                                    json.member("cost_per_token", model.costPerToken)
                                }
                            }
                        })
                    json.member("baseline", policy.baseline)
                    json.member("value", policy.value)
                    if policy.mostAnswers != 1 { json.member("most_answers", policy.mostAnswers) }
                })
            json.member("predictor", predictor)
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a file; nil if it is no certificate of this version.
    package init?(_ json: JSONValue) {
        guard let version = json["version"]?.int, Self.versions.contains(version), let date = json["date"]?.string,
            let bound = json["bound"]?.double, let confidence = json["confidence"]?.double,
            let pairs = json["pairs"]?.int, let harms = json["harms"]?.int, let gains = json["gains"]?.int,
            let undecided = json["undecided"]?.int, let loss = json["loss"]?.double,
            let saving = json["saving"]?.double, let predictor = json["predictor"]?.string,
            let policy = json["policy"].flatMap(Policy.init), (policy.mostAnswers == 1) == (version == 2)
        else { return nil }
        self.init(
            date: date, bound: bound, confidence: confidence, pairs: pairs, harms: harms, gains: gains,
            undecided: undecided, loss: loss, saving: saving, policy: policy, predictor: predictor)
    }
}

extension Certificate.Policy {
    fileprivate init?(_ json: JSONValue) {
        guard let elements = json["models"]?.elements, let baseline = json["baseline"]?.string,
            let value = json["value"]?.double, value > 0
        else { return nil }
        var models: [Certificate.Model] = []
        for element in elements {
            guard let name = element["name"]?.string, let base = element["base_cost"]?.double,
                let perToken = element["cost_per_token"]?.double
            else { return nil }
            models.append(Certificate.Model(name: name, baseCost: base, costPerToken: perToken))
        }
        self.init(
            models: models, baseline: baseline, value: value, mostAnswers: json["most_answers"]?.int ?? 1)
    }
}
