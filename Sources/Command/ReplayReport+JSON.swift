internal import Certification
internal import JSON
internal import Statistics

extension ReplayReport {
    /// The report for programs.
    var json: String {
        let (equal, less) = (operating[0], operating[1])
        let found = discrimination
        var json = JSONWriter(capacity: 8192)
        json.object { json in
            json.member("models", array: { json in for name in table.models { json.string(name) } })
            json.member("baseline", table.models[table.baseline])
            json.member("prompts", table.prompts.count)
            json.member("left_out", leftOut)
            json.member("folds", folds)
            json.member("seed", Int(seed))
            json.member("auc", found.area)
            json.member("ece", found.error)
            json.member("area", replay.area)
            json.member("saving_equal", equal.saving)
            json.member("saving_equal_interval", array: { $0.interval(equal.savingInterval) })
            json.member("saving_minus1pt", less.saving)
            json.member("saving_minus1pt_interval", array: { $0.interval(less.savingInterval) })
            json.member("curve", array: { $0.points(replay.curve) })
            json.member(
                "best_constant",
                object: { json in
                    let (equal, less) = (replay.bestConstant(loss: 0), replay.bestConstant(loss: 0.01))
                    json.member("model", table.models[equal.model])
                    json.member("saving_equal", equal.saving)
                    json.member("model_minus1pt", table.models[less.model])
                    json.member("saving_minus1pt", less.saving)
                })
            json.member(
                "references",
                object: { json in
                    json.member(
                        "constants",
                        object: { json in
                            for (name, point) in zip(table.models, replay.constants) {
                                json.key(named: name)
                                json.object { $0.point(point) }
                            }
                        })
                    json.member("baseline", object: { $0.point(replay.baseline) })
                    json.member("oracle", object: { $0.point(replay.oracle) })
                    json.member("prompt_length", array: { $0.points(replay.byLength) })
                    json.member("random_mix", array: { $0.points(replay.randomMix) })
                    if let routing { json.member("routing", array: { $0.points(routing.curve) }) }
                })
            json.member(
                "operating_points",
                array: { json in for point in operating { json.object { point.write(to: &$0) } } })
            json.member("certificate", object: { certificate.write(to: &$0) })
            if let cascade { json.member("cascade", object: { cascade.write(to: &$0) }) }
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }
}

extension JSONWriter {
    mutating func interval(_ interval: Interval) {
        double(interval.lower)
        double(interval.upper)
    }

    fileprivate mutating func point(_ point: RoutingReplay.Point) {
        member("cost", point.cost)
        member("quality", point.quality)
    }

    fileprivate mutating func points(_ points: [RoutingReplay.Point]) {
        for point in points { object { $0.point(point) } }
    }
}
