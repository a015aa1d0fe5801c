internal import Certification
internal import Statistics

/// What `farthing replay` prints.
struct ReplayReport {
    let table: RoutingTable
    let replay: RoutingReplay
    /// Routing alone, where ``replay`` is of something else.
    let routing: RoutingReplay?
    let cascade: CascadeFigures?
    /// What saves most within each loss on the prompts replayed: at equal quality and at a point less.
    let operating: [OperatingPoint]
    let certificate: ReplayCertificate
    let leftOut: Int
    let folds: Int
    let seed: UInt64

    /// `outcomes` are those of other policies than routing alone, if any.
    init(
        table: RoutingTable, outcomes: PolicyOutcomes? = nil, cascade: CascadeFigures? = nil, certifier: Certifier,
        leftOut: Int, folds: Int, seed: UInt64
    ) {
        self.table = table
        self.cascade = cascade
        let outcomes = outcomes ?? table.outcomes
        let replay = RoutingReplay(table, outcomes: outcomes)
        self.replay = replay
        routing = cascade == nil ? nil : RoutingReplay(table)
        certificate = ReplayCertificate(outcomes, dearer: cascade?.dearer ?? 0, by: certifier)
        operating = Self.operating(replay, cascade, seed: seed)
        self.leftOut = leftOut
        self.folds = folds
        self.seed = seed
    }

    /// Bootstrap samples for an interval.
    private static let draws = 200
    private static let losses = [0, 0.01]

    private static func operating(
        _ replay: RoutingReplay, _ cascade: CascadeFigures?, seed: UInt64
    ) -> [OperatingPoint] {
        let (curve, top) = (replay.curve, replay.baseline)
        return zip(losses, replay.savingIntervals(losses: losses, draws: draws, seed: seed)).map { loss, interval in
            let policy = replay.cheapest(loss: loss)
            return OperatingPoint(
                loss: loss, choice: .curve,
                values: policy.map { cascade?.values[$0] ?? replay.values[$0]...replay.values[$0] },
                saving: replay.saving(loss: loss), savingInterval: interval,
                difference: policy.map { curve[$0].quality - top.quality } ?? 0, differenceInterval: nil,
                calls: policy.flatMap { cascade?.calls[$0] } ?? 1)
        }
    }

    /// Means over the models.
    var discrimination: (area: Double, error: Double) {
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
        for (point, best) in zip(operating, [constant.equal, constant.less]) {
            lines.append(
                "saving at \(point.aim): \(figure(point.saving)) [\(figure(point.savingInterval.lower))–"
                    + "\(figure(point.savingInterval.upper))]; best constant: \(figure(best.saving)) "
                    + "(\(table.models[best.model]))")
        }
        lines += cascade?.lines ?? []
        lines.append("\(certificate.promise): \(certificate.words)")
        return lines.joined(separator: "\n") + "\n"
    }
}
