internal import LinearAlgebra

/// A regression on top of what tables say, and how well both together foretell scores that they have not seen.
struct BaselineFit {
    let tables: [SuccessTable]
    let ridge: PrincipalRidge
    /// For each model the estimate of each score by who has not seen it.
    let heldOut: [[Double]]
    /// The weighted sum of the squared errors of all of them.
    let error: Double

    /// On top of the tables by task class and query type, and on top of how often each model is right overall: the
    /// regression knows classes and types too, and where prompts are few in each, the tables say more than they know.
    static func alternatives(
        _ tables: [SuccessTable], _ scores: [[Double]], _ cells: [PromptCell], _ weights: [Double],
        _ design: DesignMatrix
    ) throws(TrainingError) -> [BaselineFit] {
        let overall = tables.map { table in
            var table = table
            table.priors = .overallAlone
            return table
        }
        let alternatives = [tables, overall]
        let offsets = alternatives.map { tables in
            zip(tables, scores).map { SuccessTrainer.heldOutRates($0, $1, cells, weights) }
        }
        let targets = offsets.map { offsets in zip(scores, offsets).map { zip($0, $1).map { $0 - $1 } } }
        let ridges = try PrincipalRidge.fits(design, targets, weights: weights)
        return alternatives.indices.map { number in
            BaselineFit(alternatives[number], ridges[number], offsets[number], scores, weights)
        }
    }

    private init(
        _ tables: [SuccessTable], _ ridge: PrincipalRidge, _ offsets: [[Double]], _ scores: [[Double]],
        _ weights: [Double]
    ) {
        (self.tables, self.ridge) = (tables, ridge)
        let heldOut = offsets.enumerated().map { model, offsets in
            zip(ridge.leaveOneOut.column(model), offsets).map { $0 + $1 }
        }
        self.heldOut = heldOut
        error = scores.indices.reduce(0) { sum, model in
            weights.indices.reduce(sum) { sum, row in
                let residual = scores[model][row] - heldOut[model][row]
                return sum + weights[row] * residual * residual
            }
        }
    }
}
