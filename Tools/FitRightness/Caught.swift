import Statistics

/// What scores are worth that are high for right answers.
enum Caught {
    /// The share of wrong answers below the score below which `needless` of the right ones lie; ties count in proportion.
    static func share(_ scores: [Double], _ outcomes: [Double], needless: Double) -> Double? {
        let right = scores.indices.filter { outcomes[$0] >= 0.5 }.map { scores[$0] }.sorted()
        let wrong = scores.indices.filter { outcomes[$0] < 0.5 }.map { scores[$0] }
        guard !right.isEmpty, !wrong.isEmpty else { return nil }
        let allowed = needless * Double(right.count)
        let threshold = right[min(Int(allowed), right.count - 1)]
        let below = right.count { $0 < threshold }
        let equal = right.count { $0 == threshold }
        let part = (allowed - Double(below)) / Double(equal)
        return (Double(wrong.count { $0 < threshold }) + part * Double(wrong.count { $0 == threshold }))
            / Double(wrong.count)
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
