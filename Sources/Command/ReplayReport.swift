internal import Arguments
internal import Certification
internal import Files
internal import JSON
internal import Statistics

/// What `farthing replay` prints.
struct ReplayReport {
    private let table: RoutingTable
    private let replay: RoutingReplay
    private let leftOut: Int
    private let folds: Int
    private let seed: UInt64
    private let cascade: CascadeFigures?

    /// `outcomes` are those of other policies than routing alone, if any.
    init(
        table: RoutingTable, outcomes: PolicyOutcomes? = nil, cascade: CascadeFigures? = nil, leftOut: Int, folds: Int,
        seed: UInt64
    ) {
        self.table = table
        self.cascade = cascade
        replay = RoutingReplay(table, outcomes: outcomes)
        self.leftOut = leftOut
        self.folds = folds
        self.seed = seed
    }

    /// Bootstrap samples for an interval.
    private static let draws = 200

    /// The savings at equal quality and at a point less.
    private var savings: (equal: (share: Double, interval: Interval), less: (share: Double, interval: Interval)) {
        let losses = [0, 0.01]
        let found = zip(losses, replay.savingIntervals(losses: losses, draws: Self.draws, seed: seed))
            .map { (share: replay.saving(loss: $0), interval: $1) }
        return (found[0], found[1])
    }

    /// Means over the models.
    private var discrimination: (area: Double, error: Double) {
        var (areas, errors) = ([Double](), [Double]())
        for model in table.models.indices {
            let p = table.prompts.map { $0.probabilities[model] }
            let y = table.prompts.map { $0.scores[model] }
            if let area = Discrimination.areaUnderCurve(scores: p, outcomes: y) { areas.append(area) }
            errors.append(Reliability(probabilities: p, outcomes: y).expectedCalibrationError)
        }
        return (
            areas.isEmpty ? 0.5 : areas.reduce(0, +) / Double(areas.count),
            errors.reduce(0, +) / Double(max(errors.count, 1))
        )
    }

    var text: String {
        let figure = EvaluationReport.figure
        let (equal, less) = savings
        let constant = (equal: replay.bestConstant(loss: 0), less: replay.bestConstant(loss: 0.01))
        let found = discrimination
        var lines = [
            "\(table.prompts.count) prompts (\(leftOut) left out: no score or cost of some model), \(folds) parts, seed \(seed)",
            "mean AUC \(figure(found.area)), mean calibration error \(figure(found.error))", "",
        ]
        for (name, point) in zip(table.models, replay.constants) {
            let mark = name == table.models[table.baseline] ? "  (baseline)" : ""
            lines.append(
                "always \(name): quality \(figure(point.quality)), $\(figure(point.cost * 1000)) for 1000\(mark)")
        }
        let oracle = replay.oracle
        lines.append("oracle: quality \(figure(oracle.quality)), $\(figure(oracle.cost * 1000)) for 1000")
        lines.append("")
        for (name, saving, best) in [
            ("at equal quality", equal, constant.equal), ("at 1 point less", less, constant.less),
        ] {
            lines.append(
                "saving \(name): \(figure(saving.share)) [\(figure(saving.interval.lower))–\(figure(saving.interval.upper))]"
                    + "; best constant: \(figure(best.saving)) (\(table.models[best.model]))")
        }
        lines += cascade?.lines ?? []
        return lines.joined(separator: "\n") + "\n"
    }

    var json: String {
        let (equal, less) = savings
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
            json.member("saving_equal", equal.share)
            json.member("saving_equal_interval", array: { $0.interval(equal.interval) })
            json.member("saving_minus1pt", less.share)
            json.member("saving_minus1pt_interval", array: { $0.interval(less.interval) })
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
                    if cascade != nil {
                        json.member("routing", array: { $0.points(RoutingReplay(table).curve) })
                    }
                })
            if let cascade { json.member("cascade", object: { cascade.write(to: &$0) }) }
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    func write(plot path: String) throws(CommandFailure) {
        let page = CostQualityPlot(
            title: "\(table.prompts.count) prompts, baseline \(table.models[table.baseline])",
            curve: replay.curve, byLength: replay.byLength, oracle: replay.oracle,
            constants: Array(zip(table.models, replay.constants))
        ).html
        do throws(SystemError) {
            try WholeFile.replace(path, with: Array(page.utf8))
        } catch {
            throw .failed("\(error)")
        }
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
