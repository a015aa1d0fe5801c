import Checks
import Foundation
import Statistics

/// Weights fitted to answers of one kind, with or without tools, each signal counting only in its direction.
///
/// Ridge regression towards votes for what holds everywhere (Dawes 1979: such votes carry over better than fitted weights),
/// by projected coordinate descent, on the mean of the parts' moments; then Platt's logistic curve.
struct SignedFit {
    /// What is chosen by how well it does on parts left out.
    struct Settings: Hashable {
        /// The penalty, in units of each signal's variance.
        var ridge: Double
        /// What a usual vote is worth, in correlations with being right.
        var vote: Double

        static let all = [1.0, 4].flatMap { ridge in [0.05, 0.1, 0.2].map { Settings(ridge: ridge, vote: $0) } }
    }

    /// What is believed to hold for any kind of question. Length has a vote of its own, since wrong answers are longer
    /// in every set.
    static let believed: Set<Signal> = [
        .repeated, .corrections, .equations, .misfits, .elisions, .notation, .hedgedEnd, .askCovered, .numbersUnused,
        .askLength, .askNumbers, .answerLength, .answerSymbols, .answerDecimal, .answerQuoted, .stepsWrong,
        .anyStepWrong, .otherIsLastStep, .optionPlace, .formatBroken, .otherLanguage,
        .callFit, .callProse, .callsLength, .callsMiscounted, .fenceBesideTools, .otherToolFits, .unsaidCall,
        .textsMadeUp, .numbersMadeUp, .optionalsMadeUp,
    ]
    private static let lengthVote = 0.5
    private static let highestVote = 0.5

    /// Faults of form: rare where a model is able, and hardly ever in a right answer. What each counts is the shift in
    /// log-odds seen where it fires, drawn towards none as by ``faultPrior`` answers more.
    static let faultPlaces: [Int] = [
        Signal.toolUnknown, .argumentsUnreadable, .argumentMissing, .argumentNotTaken, .argumentType, .argumentChoice,
        .callRepeated, .callMissed, .placeholder, .formulas, .wholePercentage, .noAnswer, .answerMiscomputed,
        .stepRefuted,
        .codeDoubtful,
        .nameUndefined, .noOption, .optionUnstated, .openFence, .empty, .refusal,
    ].map(\.rawValue).sorted()
    private static let faultPrior = 10.0
    private static let worstFault = -3.5

    /// Log-odds without any signal, and of a unit of each.
    private(set) var intercept: Double
    private(set) var weights: [Double]

    init(_ parts: [RecordedPart], _ settings: Settings) {
        let mean = PartMoments(meanOf: parts.map(\.moments))
        weights = Self.ridge(mean, settings)
        var (scores, outcomes, importance): ([Double], [Double], [Double]) = ([], [], [])
        for part in parts {
            let sound = part.rows.filter { !$0.hasFault }
            for row in sound {
                scores.append(row.score(by: weights))
                outcomes.append(row.score)
                importance.append(10_000 / Double(sound.count))
            }
        }
        let platt = PlattCalibration(scores: scores, outcomes: outcomes, weights: importance)
        intercept = platt?.intercept ?? 0
        for index in weights.indices { weights[index] *= platt?.slope ?? 1 }
        for fault in Self.faultPlaces where mean.faults[fault].answers > 0 {
            let seen = mean.faults[fault]
            let usual = seen.usual / seen.answers
            let found = (seen.right + Self.faultPrior * usual) / (seen.answers + Self.faultPrior)
            weights[fault] = max(Self.worstFault, min(0, Self.logOdds(found) - Self.logOdds(usual)))
        }
    }

    private static func ridge(_ mean: PartMoments, _ settings: Settings) -> [Double] {
        let count = PartMoments.count
        var weights = [Double](repeating: 0, count: count)
        let deviation = mean.variance.squareRoot()
        let fitted = (0..<count).filter { index in
            Signal.allCases[index].direction != .neither && !faultPlaces.contains(index)
                && mean.gram[index * count + index] > 1e-8
        }
        for _ in 0..<60 {
            for index in fitted {
                let signal = Signal.allCases[index]
                let own = mean.gram[index * count + index]
                let sign = signal.direction == .favour ? 1.0 : -1.0
                let vote = signal == .logLength ? lengthVote : believed.contains(signal) ? settings.vote : 0
                let start = min(vote * deviation / own.squareRoot(), highestVote)
                var rest = mean.pull[index] + settings.ridge * own * sign * start
                for other in fitted where other != index { rest -= mean.gram[index * count + other] * weights[other] }
                weights[index] = sign * max(0, sign * rest / (own * (1 + settings.ridge)))
            }
        }
        return weights
    }

    private static func logOdds(_ share: Double) -> Double {
        let kept = min(max(share, 0.001), 0.999)
        return log(kept / (1 - kept))
    }
}

extension AnswerRow {
    func score(by weights: [Double]) -> Double { zip(weights, signals).reduce(0) { $0 + $1.0 * $1.1 } }
}
