import Checks
import Foundation

/// The weights to be shipped: a fit of all plain answers and one of all beside tools, in one table.
struct ShippedFit {
    private let model: RightnessModel
    /// What was chosen, for people.
    let choices: String

    /// Log-odds of what the recordings never show, or a dozen times: judgements, not fits.
    private static let unseen: [Signal: Double] = [
        .cutOff: -2, .otherLanguage: -2, .callRefused: -3, .notJSON: -3, .schemaBroken: -3, .meanLogProbability: 0.5,
        .leastLogProbability: 0.2,
        .codeBroken: -2, .signatureMissed: -2, .returnMissing: -1,
    ]

    init(_ parts: [RecordedPart]) {
        let kinds = [false, true].map { hasTools in
            let own = parts.filter { $0.hasTools == hasTools }
            let settings = FitChoice.best(for: own)
            return (fit: SignedFit(own, settings), settings: settings)
        }
        choices = zip(["plain", "beside tools"], kinds).map { kind in
            "\(kind.0): ridge \(kind.1.settings.ridge), vote \(kind.1.settings.vote)"
        }.joined(separator: "; ")
        let (plain, beside) = (kinds[0].fit, kinds[1].fit)
        var table = Self.unseen
        for signal in Signal.allCases {
            // What both kinds show is mostly silent beside tools.
            let own = plain.weights[signal.rawValue] != 0 ? plain.weights : beside.weights
            if own[signal.rawValue] != 0 { table[signal] = own[signal.rawValue] }
        }
        table[.tools] = beside.intercept - plain.intercept
        model = RightnessModel(intercept: plain.intercept, weights: table)
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
