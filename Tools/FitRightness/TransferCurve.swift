import Foundation
import Statistics

/// The logistic curve that log-odds are to be put through which come from weights of other parts.
///
/// Fitted on parts that were left out one after the other, each of which weighs the same.
struct TransferCurve {
    private let slope: Double
    private let intercept: Double

    init?(_ parts: [RecordedPart], _ settings: SignedFit.Settings) {
        guard parts.count > 1 else { return nil }
        var (odds, outcomes, importance): ([Double], [Double], [Double]) = ([], [], [])
        for part in parts {
            let fit = SignedFit(parts.filter { $0.name != part.name }, settings)
            odds += part.rows.map { $0.score(by: fit.weights) + fit.intercept }
            outcomes += part.rows.map(\.score)
            importance += [Double](repeating: 10_000 / Double(part.rows.count), count: part.rows.count)
        }
        guard let curve = PlattCalibration(scores: odds, outcomes: outcomes, weights: importance) else { return nil }
        (slope, intercept) = (curve.slope, curve.intercept)
    }

    func probability(_ odds: Double) -> Double { 1 / (1 + exp(-odds * slope - intercept)) }
}
