import Checks
import Foundation
import Statistics

/// How well weights do on a part that neither they nor the settings of their fit have seen: means over its models, evidence
/// alone.
struct TransferReport {
    private(set) var lines = [
        "| left out | models | ridge, vote | AUC | 95 % | AUC of length | difference, 95 % | caught at 10 % | 95 % | at 5 % | length at 10 % |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    /// The same parts, by the probabilities that come out.
    private(set) var calibration = [
        "",
        "| left out | right | mean probability | calibration error | by the others' curve | accepted at .6 | right of them | 95 % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    private static let bootstrap = Bootstrap(draws: 200, seed: 1)
    private static let floor = 0.6

    init(_ parts: [RecordedPart]) {
        for part in parts {
            let others = parts.filter { $0.name != part.name && $0.hasTools == part.hasTools }
            let settings = FitChoice.best(for: others)
            let fit = SignedFit(others, settings)
            let scores = part.rows.map { $0.score(by: fit.weights) }
            lines.append(Self.line(part, scores, settings))
            let odds = scores.map { $0 + fit.intercept }
            calibration.append(Self.calibration(part, odds, TransferCurve(others, settings)))
        }
    }

    private static func line(_ part: RecordedPart, _ scores: [Double], _ settings: SignedFit.Settings) -> String {
        let own = ModelMeans(part, by: scores)
        let length = ModelMeans(part, by: part.rows.map { -Double($0.length) })
        let all = Array(part.rows.indices)
        let groups = Caught.groups(part.rows.map(\.group))
        let area = bootstrap.interval(groups: groups) { own.area($0) }
        let lead = bootstrap.interval(groups: groups) { drawn in
            own.area(drawn).flatMap { area in length.area(drawn).map { area - $0 } }
        }
        let caught = bootstrap.interval(groups: groups) { own.caught($0, needless: 0.1) }
        let cells = [
            part.name, "\(part.models.count)", "\(settings.ridge), \(settings.vote)", Caught.percent(own.area(all)),
            interval(area), Caught.percent(length.area(all)), signed(lead),
            Caught.percent(own.caught(all, needless: 0.1)), interval(caught),
            Caught.percent(own.caught(all, needless: 0.05)), Caught.percent(length.caught(all, needless: 0.1)),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private static func calibration(_ part: RecordedPart, _ odds: [Double], _ curve: TransferCurve?) -> String {
        let probabilities = odds.map { 1 / (1 + exp(-$0)) }
        let accepted = part.rows.indices.filter { probabilities[$0] >= floor }
        let groups = Caught.groups(accepted.map { part.rows[$0].group })
        let right = { (places: [Int]) -> Double? in
            places.isEmpty ? nil : places.reduce(0) { $0 + part.rows[accepted[$1]].score } / Double(places.count)
        }
        let outcomes = part.rows.map(\.score)
        let cells = [
            part.name, Caught.percent(outcomes.reduce(0, +) / Double(outcomes.count)),
            Caught.percent(probabilities.reduce(0, +) / Double(probabilities.count)),
            Caught.percent(Reliability(probabilities: probabilities, outcomes: outcomes).expectedCalibrationError),
            Caught.percent(
                curve.map { curve in
                    Reliability(probabilities: odds.map(curve.probability), outcomes: outcomes).expectedCalibrationError
                }),
            Caught.percent(Double(accepted.count) / Double(outcomes.count)),
            Caught.percent(right(Array(accepted.indices))),
            interval(bootstrap.interval(groups: groups, right)),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private static func interval(_ found: Interval?) -> String {
        "\(Caught.percent(found?.lower)) – \(Caught.percent(found?.upper))"
    }

    private static func signed(_ found: Interval?) -> String {
        guard let found else { return "-" }
        return String(format: "%+.3f – %+.3f", found.lower, found.upper)
    }
}
