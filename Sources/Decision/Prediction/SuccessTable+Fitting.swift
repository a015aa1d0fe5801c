extension SuccessTable {
    /// The table of such scores in such cells, with the prior weights that have the least leave-one-out error.
    init(fittedTo scores: [Double], _ cells: [PromptCell], weights: [Double], types: Int) {
        self.init(types: types)
        for (row, cell) in cells.enumerated() {
            add(scores[row], taskClass: cell.taskClass, type: cell.type, weight: weights[row])
        }
        var best = (error: Double.infinity, priors: priors)
        for candidate in PriorWeights.candidates {
            priors = candidate
            let rates = heldOutRates(of: scores, cells, weights)
            let error = scores.indices.reduce(0) { sum, row in
                sum + weights[row] * (scores[row] - rates[row]) * (scores[row] - rates[row])
            }
            if error < best.error { best = (error, candidate) }
        }
        priors = best.priors
    }

    /// What the table says of each score in it without that score.
    func heldOutRates(of scores: [Double], _ cells: [PromptCell], _ weights: [Double]) -> [Double] {
        cells.indices.map { row in
            rate(
                cells[row].taskClass, type: cells[row].type,
                without: Tally(successes: scores[row] * weights[row], weight: weights[row]))
        }
    }
}
