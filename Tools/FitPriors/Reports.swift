import Foundation
import Prediction
import Statistics

/// How well demand tells where a cheap model fails, in a source that nothing was fitted on.
struct DemandReport {
    private(set) var lines = [
        "| left out | cheap model | length | numbers | demand | 95 % | prompt length | 95 % |",
        "|---|---|---|---|---|---|---|---|",
    ]

    private static let cheap = [
        "zeroeval": "gpt-4o-mini-2024-07-18", "mmlu_pro": "gemini-1.5-flash-002", "bfcl": "gpt-4o-mini-2024-07-18",
        "routerbench": "mistralai/mixtral-8x7b-chat", "llmrouter": "codegemma-7b",
    ]

    init(_ outcomes: PublicOutcomes) {
        for source in PublicOutcomes.sources {
            let fit = DemandFit(outcomes.prompts.filter { $0.source != source })
            let rows = outcomes.prompts.filter { $0.source == source }
            guard let model = Self.cheap[source] else { continue }
            let judged = rows.filter { $0.scores[model] != nil }
            let wrong = judged.map { 1 - ($0.scores[model] ?? 0) }
            let figures = [judged.map { fit.toll($0.demand) }, judged.map(\.logCharacters)].map { scores in
                Self.area(scores, wrong, groups: judged.map(\.group))
            }
            lines.append(
                "| \(source) | \(model) | \(text(fit.lengthWeight)) | \(text(fit.numberWeight)) | "
                    + figures.joined(separator: " | ") + " |")
        }
    }

    private static func area(_ scores: [Double], _ outcomes: [Double], groups: [UInt64]) -> String {
        let area = { (rows: [Int]) in
            Discrimination.areaUnderCurve(scores: rows.map { scores[$0] }, outcomes: rows.map { outcomes[$0] })
        }
        let grouped = Dictionary(grouping: scores.indices, by: { groups[$0] }).values.sorted { $0[0] < $1[0] }
        let interval = Bootstrap(draws: 400, seed: 1).interval(groups: grouped, area)
        return
            "\(text(area(Array(scores.indices)) ?? 0.5)) | \(text(interval?.lower ?? 0)) – \(text(interval?.upper ?? 0))"
    }
}

/// How well the abilities of families carry over to a source that they were not fitted on.
struct AbilityReport {
    private(set) var lines = [
        "", "| left out | families known elsewhere | order agrees, by table | by price alone |", "|---|---|---|---|",
    ]

    init(_ outcomes: PublicOutcomes) {
        for source in PublicOutcomes.sources {
            let others = outcomes.prompts.filter { $0.source != source }
            let own = outcomes.prompts.filter { $0.source == source }
            guard let fitted = try? AbilityFit(outcomes.cells(others)),
                let there = try? AbilityFit(outcomes.cells(own))
            else { continue }
            let known = there.abilities.keys.filter { fitted.abilities[$0] != nil }.sorted()
            let priced = there.abilities.keys.filter { outcomes.prices[$0] != nil }.sorted()
            let table = Self.agreement(known.map { (fitted.abilities[$0] ?? 0, there.abilities[$0] ?? 0) })
            let price = Self.agreement(priced.map { (outcomes.prices[$0] ?? 0, there.abilities[$0] ?? 0) })
            lines.append("| \(source) | \(known.count) | \(table) | \(price) of \(priced.count) |")
        }
        lines.append("")
    }

    /// The share of pairs that both put in the same order.
    private static func agreement(_ points: [(Double, Double)]) -> String {
        var (same, pairs) = (0.0, 0.0)
        for (index, one) in points.enumerated() {
            for other in points[(index + 1)...] where one.1 != other.1 {
                pairs += 1
                let product = (one.0 - other.0) * (one.1 - other.1)
                same += product > 0 ? 1 : product == 0 ? 0.5 : 0
            }
        }
        return pairs > 0 ? text(same / pairs) : "-"
    }
}

func text(_ value: Double) -> String { String(format: "%.3f", value) }
