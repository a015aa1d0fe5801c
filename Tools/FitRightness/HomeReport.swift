import LinearAlgebra
import Prediction
import Statistics

/// How well an operator's own outcomes teach it: evidence and the prompt's surface, five parts of whole prompt groups.
struct HomeReport {
    private static let seed: UInt64 = 1
    private static let cases = [
        ("mmlu_pro", "gemini-1.5-flash-002"), ("mmlu_pro", "Meta-Llama-3_1-8B-Instruct"),
        ("bfcl", "gpt-4o-mini-2024-07-18-FC"), ("bfcl", "claude-3-haiku-20240307"),
        ("zeroeval", "gpt-4o-mini-2024-07-18"), ("zeroeval", "claude-3-haiku-20240307"),
        ("routerbench", "mistralai/mixtral-8x7b-chat"),
    ]

    private(set) var lines = [
        "", "| set | model | answers | AUC | caught at 10 % | 95 % | at 5 % | 95 % |",
        "|---|---|---|---|---|---|---|---|",
    ]

    init(_ table: AnswerTable) throws {
        for (source, model) in Self.cases {
            let rows = table.rows.filter { $0.source == source && $0.model == model }
            let scores = try Self.heldOut(rows, table.surfaces)
            let outcomes = rows.map { $0.score >= 0.5 ? 1.0 : 0 }
            let groups = Caught.groups(rows.map(\.group))
            let bootstrap = Bootstrap(draws: 400, seed: Self.seed)
            var cells = [source, model, "\(rows.count)"]
            cells.append(Caught.percent(Discrimination.areaUnderCurve(scores: scores, outcomes: outcomes)))
            for needless in [0.1, 0.05] {
                let interval = bootstrap.interval(groups: groups) { drawn in
                    Caught.share(drawn.map { scores[$0] }, drawn.map { outcomes[$0] }, needless: needless)
                }
                cells.append(Caught.percent(Caught.share(scores, outcomes, needless: needless)))
                cells.append("\(Caught.percent(interval?.lower)) – \(Caught.percent(interval?.upper))")
            }
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
    }

    /// Scores by ridge regressions that did not see the group; the penalty is chosen inside the others.
    private static func heldOut(_ rows: [AnswerRow], _ surfaces: [[Float]]) throws -> [Double] {
        let inputs = rows.map { $0.signals.map { Float($0) } + surfaces[$0.prompt] }
        let folds = rows.map { PromptGroup.fold($0.group, of: 5, seed: seed) }
        var scores = [Double](repeating: 0, count: rows.count)
        for fold in 0..<5 {
            let training = rows.indices.filter { folds[$0] != fold }
            let scaling = Standardisation(training.map { inputs[$0] })
            var design = DesignMatrix(columns: inputs[0].count)
            for place in training { design.append(scaling(inputs[place])) }
            let targets = Matrix(rows: training.count, columns: 1, values: training.map { rows[$0].score })
            let path = try RidgePath(
                design, targets: targets, alphas: [0.003, 0.01, 0.03, 0.1, 0.3].map { $0 * Double(training.count) })
            for place in rows.indices where folds[place] == fold {
                let values = scaling(inputs[place])
                scores[place] = zip(path.coefficients[row: 0], values).reduce(path.intercepts[0]) {
                    $0 + $1.0 * Double($1.1)
                }
            }
        }
        return scores
    }
}
