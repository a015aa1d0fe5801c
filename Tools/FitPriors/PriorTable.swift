import Dialogue
import Foundation

/// The text of `priors.tsv`.
struct PriorTable {
    let demand: DemandFit
    let abilities: AbilityFit
    let price: PriceFit

    /// Grades are a judgement; their log-odds run from the one graded family of which there are public outcomes to the best
    /// family there is.
    private var grade: (first: Double, step: Double) {
        let first = abilities.abilities["gpt-4o-mini"] ?? 0
        let best = abilities.abilities.values.max() ?? first
        return (first, (best - first) / 4)
    }

    var text: String {
        var lines = [
            "# Made by Tools/FitPriors, which explains the lines. Do not edit.",
            "# demand: log-odds for a unit of ln(question's characters) and of ln(1 + numbers), then what is usual of each",
            "# price: log-odds at a dollar for a million tokens, and for each e-fold; grade: at grade 1, and for each more",
            "# family: name, public outcomes, log-odds, differences by task class",
            "demand\t\(figures([demand.lengthWeight, demand.numberWeight, demand.meanLength, demand.meanNumbers]))",
            "price\t\(figures([price.intercept, price.slope]))", "grade\t\(figures([grade.first, grade.step]))",
        ]
        for (family, ability) in abilities.abilities.sorted(by: { $0.key < $1.key }) {
            let classes = (abilities.byClass[family] ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }
                .filter { abs($0.value) >= 0.005 }
                .map { "\($0.key.rawValue)=\(figures([$0.value]))" }
            lines.append(
                "family\t\(family)\t\(Int(abilities.counts[family] ?? 0))\t\(figures([ability]))\t"
                    + classes.joined(separator: " "))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func figures(_ values: [Double]) -> String {
        values.map { String(format: "%.3f", $0) }.joined(separator: "\t")
    }
}
