import Prediction

/// How much the two signals of demand lower the log-odds of success, by least squares within each task, so that what tells
/// tasks apart counts for nothing.
struct DemandFit {
    private(set) var lengthWeight = 0.0
    private(set) var numberWeight = 0.0
    private(set) var meanLength = 0.0
    private(set) var meanNumbers = 0.0

    /// A task of fewer prompts says nothing of its own.
    static let leastPrompts = 75

    init(_ prompts: [PublicPrompt]) {
        var gram = (0.0, 0.0, 0.0)
        var moments = (0.0, 0.0)
        var (variance, tasks) = (0.0, 0.0)
        for (_, rows) in Dictionary(grouping: prompts, by: \.task).sorted(by: { $0.key < $1.key })
        where rows.count >= Self.leastPrompts {
            let count = Double(rows.count)
            let failures = Self.failures(rows)
            let means = (
                rows.reduce(0) { $0 + $1.demand.questionLength } / count,
                rows.reduce(0) { $0 + $1.demand.numbers } / count,
                failures.reduce(0, +) / count
            )
            for (row, failure) in zip(rows, failures) {
                let (length, numbers) = (row.demand.questionLength - means.0, row.demand.numbers - means.1)
                gram = (
                    gram.0 + length * length / count, gram.1 + length * numbers / count,
                    gram.2 + numbers * numbers / count
                )
                moments = (
                    moments.0 + length * (failure - means.2) / count, moments.1 + numbers * (failure - means.2) / count
                )
            }
            meanLength += means.0
            meanNumbers += means.1
            variance += means.2 * (1 - means.2)
            tasks += 1
        }
        guard tasks > 0 else { return }
        meanLength /= tasks
        meanNumbers /= tasks
        let determinant = gram.0 * gram.2 - gram.1 * gram.1
        // The slope of the logistic curve turns differences of probability into log-odds.
        let slope = variance / tasks
        lengthWeight = max((gram.2 * moments.0 - gram.1 * moments.1) / determinant / slope, 0)
        numberWeight = max((gram.0 * moments.1 - gram.1 * moments.0) / determinant / slope, 0)
    }

    func toll(_ demand: PromptDemand) -> Double {
        lengthWeight * (demand.questionLength - meanLength) + numberWeight * (demand.numbers - meanNumbers)
    }

    /// How often the better two thirds of a task's models failed each of its prompts: the others guess.
    private static func failures(_ rows: [PublicPrompt]) -> [Double] {
        var sums: [String: (Double, Double)] = [:]
        for row in rows {
            for (model, score) in row.scores {
                let sum = sums[model] ?? (0, 0)
                sums[model] = (sum.0 + score, sum.1 + 1)
            }
        }
        let rates = sums.mapValues { $0.0 / $0.1 }
        let least = rates.values.sorted()[rates.count / 3]
        return rows.map { row in
            let scores = row.scores.filter { rates[$0.key, default: 0] >= least }.sorted { $0.key < $1.key }
            return scores.isEmpty ? 0 : 1 - scores.reduce(0) { $0 + $1.value } / Double(scores.count)
        }
    }
}
