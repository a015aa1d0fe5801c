import Checks
import Foundation
import Statistics

/// Weights fitted to answers, each signal counting only in its direction.
///
/// Signals and scores are taken relative to the means of their source and model, so that what makes a model better or a
/// set easier teaches nothing; sources weigh the same. Ridge towards votes for what holds everywhere, first of all that wrong
/// answers are longer (Dawes 1979: such votes carry over better than fitted weights), by projected coordinate descent; then Platt.
struct SignedFit {
    static let ridge = 1.0
    /// In correlations with being right; what holds for any kind of answer.
    static let votes: [Signal: Double] = [
        .logLength: 0.5, .repeated: 0.05, .corrections: 0.05, .equations: 0.05, .misfits: 0.05, .noOption: 0.2,
        .answerLength: 0.1, .stepsWrong: 0.05, .anyStepWrong: 0.15, .otherIsLastStep: 0.05, .formatBroken: 0.05,
        .otherLanguage: 0.05,
    ]

    /// Log-odds of what the recordings never show, or a dozen times: judgements, not fits.
    static let unseen: [Signal: Double] = [
        .cutOff: -2, .callRefused: -3, .notJSON: -3, .schemaBroken: -3, .meanLogProbability: 0.5, .leastLogProbability: 0.2,
        .codeBroken: -2, .signatureMissed: -2, .returnMissing: -1,
    ]

    /// Faults of form: rare where a model is able, and hardly ever in a right answer. What each counts is the shift in
    /// log-odds seen where it fires, drawn towards none as by ``faultPrior`` answers more.
    static let faults: Set<Signal> = [
        .toolUnknown, .argumentsUnreadable, .argumentMissing, .argumentNotTaken, .argumentType, .argumentChoice,
        .callRepeated, .placeholder, .formulas, .wholePercentage, .noAnswer, .answerMiscomputed,
        .codeDoubtful, .nameUndefined,
    ]
    static let faultPrior = 10.0

    let model: RightnessModel

    init(_ rows: [AnswerRow]) {
        let count = Signal.allCases.count
        let directions = Signal.allCases.map { Self.faults.contains($0) ? .neither : $0.direction }
        let faults = Self.faults.map(\.rawValue).sorted()
        var seen = [(answers: Double, right: Double, expected: Double)](repeating: (0, 0, 0), count: count)
        var groups: [String: [Int]] = [:]
        var sources: [String: Double] = [:]
        for (place, row) in rows.enumerated() {
            groups[row.source + "/" + row.model, default: []].append(place)
            sources[row.source, default: 0] += 1
        }
        func weight(_ row: AnswerRow) -> Double { 1 / (sources[row.source] ?? 1) / Double(sources.count) }
        var gram = [Double](repeating: 0, count: count * count)
        var outcomeVariance = 0.0
        var pull = [Double](repeating: 0, count: count)
        for group in groups.sorted(by: { $0.key < $1.key }).map(\.value) {
            var mean = [Double](repeating: 0, count: count)
            var right = 0.0
            for place in group {
                for index in 0..<count { mean[index] += rows[place].signals[index] / Double(group.count) }
                right += rows[place].score / Double(group.count)
            }
            for place in group {
                let row = rows[place]
                let weight = weight(row)
                for fault in faults where row.signals[fault] > 0 {
                    seen[fault].answers += 1
                    seen[fault].right += row.score
                    seen[fault].expected += right
                }
                outcomeVariance += weight * (row.score - right) * (row.score - right)
                let centred = (0..<count).filter { row.signals[$0] != mean[$0] }.map {
                    ($0, row.signals[$0] - mean[$0])
                }
                for (index, value) in centred {
                    pull[index] += weight * value * (row.score - right)
                    for (other, factor) in centred where other >= index {
                        gram[index * count + other] += weight * value * factor
                    }
                }
            }
        }
        for index in 0..<count { for other in 0..<index { gram[index * count + other] = gram[other * count + index] } }
        var weights = [Double](repeating: 0, count: count)
        let spreads = (0..<count).map { gram[$0 * count + $0].squareRoot() }
        let deviation = outcomeVariance.squareRoot()
        for _ in 0..<400 {
            for index in 0..<count where spreads[index] > 1e-4 && directions[index] != .neither {
                let sign = directions[index] == .favour ? 1.0 : -1.0
                let strength = Self.ridge * spreads[index] * spreads[index]
                let vote = min((Self.votes[Signal.allCases[index]] ?? 0) * deviation / spreads[index], 0.5)
                var rest = pull[index] + strength * sign * vote
                for other in 0..<count where other != index { rest -= gram[index * count + other] * weights[other] }
                weights[index] = sign * max(0, sign * rest / (gram[index * count + index] + strength))
            }
        }
        let scores = rows.map { row in zip(weights, row.signals).reduce(0) { $0 + $1.0 * $1.1 } }
        let sound = rows.indices.filter { place in faults.allSatisfy { rows[place].signals[$0] == 0 } }
        let platt = PlattCalibration(
            scores: sound.map { scores[$0] }, outcomes: sound.map { rows[$0].score },
            weights: sound.map { weight(rows[$0]) * 10_000 })
        let (slope, intercept) = (platt?.slope ?? 1, platt?.intercept ?? 0)
        var table = Self.unseen
        for signal in Signal.allCases where weights[signal.rawValue] != 0 {
            table[signal] = weights[signal.rawValue] * slope
        }
        for fault in faults where seen[fault].answers > 0 {
            let usual = seen[fault].expected / seen[fault].answers
            let found = (seen[fault].right + Self.faultPrior * usual) / (seen[fault].answers + Self.faultPrior)
            table[Signal.allCases[fault]] = max(-3, min(0, Self.logOdds(found) - Self.logOdds(usual)))
        }
        model = RightnessModel(intercept: intercept, weights: table)
    }

    private static func logOdds(_ share: Double) -> Double {
        let kept = min(max(share, 0.001), 0.999)
        return log(kept / (1 - kept))
    }

    /// The Swift source of the shipped weights.
    var source: String {
        var text = """
            // Written by Tools/FitRightness, which says how.

            extension RightnessModel {
                static let shippedIntercept = \(Self.short(model.intercept))

                static let shippedWeights: [Signal: Double] = [

            """
        for signal in Signal.allCases where model.weights[signal.rawValue] != 0 {
            text += "        .\(signal): \(Self.short(model.weights[signal.rawValue])),\n"
        }
        return text + "    ]\n}\n"
    }

    private static func short(_ value: Double) -> String { String(format: "%.4f", value) }
}
