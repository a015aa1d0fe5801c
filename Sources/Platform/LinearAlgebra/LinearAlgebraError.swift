/// Why a factorisation or a fit has no result.
package enum LinearAlgebraError: Error, Equatable {
    /// The matrix is not positive definite to working precision; add to its diagonal, or drop dependent columns.
    case notPositiveDefinite(pivot: Int)
    /// A value is infinite or not a number; the input has to be cleaned.
    case notFinite
    /// The eigenvalue iteration did not end, which finite input does not bring about.
    case noConvergence
    /// The weights add up to nothing; at least one row needs a positive weight.
    case noObservations
}

extension LinearAlgebraError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notPositiveDefinite(let pivot):
            "the matrix is not positive definite at row \(pivot): add to its diagonal, or drop dependent columns"
        case .notFinite: "a value is infinite or not a number: clean the input"
        case .noConvergence: "the eigenvalue iteration did not converge: check the input for extreme values"
        case .noObservations: "no row has a positive weight: more observations are needed"
        }
    }
}
