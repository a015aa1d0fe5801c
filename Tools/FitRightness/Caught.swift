import Statistics

/// What scores are worth that are high for right answers.
enum Caught {
    /// The share of wrong answers that is caught at the price of so many needless doubts.
    static func share(_ scores: [Double], _ outcomes: [Double], needless: Double) -> Double? {
        Discrimination.failuresCaught(scores: scores, outcomes: outcomes, needless: needless)
    }

    /// Answers of one prompt together, for the bootstrap.
    static func groups(_ groups: [UInt64]) -> [[Int]] {
        var places: [UInt64: [Int]] = [:]
        for (place, group) in groups.enumerated() { places[group, default: []].append(place) }
        return places.sorted { $0.key < $1.key }.map(\.value)
    }

    static func percent(_ share: Double?) -> String {
        guard let share else { return "-" }
        let rounded = Int((share * 1000).rounded())
        return rounded >= 1000 ? "1.000" : "." + String("000\(rounded)".suffix(3))
    }
}
