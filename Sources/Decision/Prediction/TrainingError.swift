/// Why nothing could be learned.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
    /// A model has too few outcomes.
    case tooFew(model: String, count: Int, needed: Int)
    /// A feature or a score is not a finite number.
    case notFinite

    package var description: String {
        switch self {
        case .tooFew(let model, let count, let needed):
            "\(model) has \(count) outcomes, \(needed) are needed: collect \(needed - count) more or leave it out with "
                + "--models"
        case .notFinite: "an outcome has features that are no numbers: report its prompt as a fault of the program"
        }
    }
}
