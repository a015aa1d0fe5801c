internal import LinearAlgebra

/// A regression on top of what tables say, and how well both together foretell scores that they have not seen.
struct TableFit {
    let tables: [SuccessTable]
    let ridge: PrincipalRidge
    /// For each model the estimate of each score by who has not seen it.
    let heldOut: [[Double]]
    /// The weighted sum of the squared errors of all of them.
    let error: Double

    /// How much of the tables is tried under a regression: it reads classes and types too, and where it knows them as well what
    /// tables say is noise.
    private static let shares = [1, 0.75, 0.5, 0.25, 0]

    /// The fit with the share of the tables that errs least; all shares are tried by one decomposition of the design.
    static func best(
        _ tables: [SuccessTable], _ scores: [[Double]], _ cells: [PromptCell], _ weights: [Double],
        _ design: DesignMatrix
    ) throws(TrainingError) -> TableFit {
        let alternatives = shares.map { share in
            tables.map { table in
                var table = table
                table.share = share
                return table
            }
        }
        let offsets = alternatives.map { tables in
            zip(tables, scores).map { $0.heldOutRates(of: $1, cells, weights) }
        }
        let targets = offsets.map { offsets in zip(scores, offsets).map { zip($0, $1).map { $0 - $1 } } }
        let ridges = try PrincipalRidge.fits(design, targets, weights: weights)
        var best = TableFit(alternatives[0], ridges[0], offsets[0], scores, weights)
        for place in alternatives.indices.dropFirst() {
            let fit = TableFit(alternatives[place], ridges[place], offsets[place], scores, weights)
            if fit.error < best.error { best = fit }
        }
        return best
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
