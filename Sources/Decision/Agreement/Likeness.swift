/// Whether two answers say the same.
package enum Likeness: Sendable {
    case same, different
    /// They may differ in nothing but their wording.
    case unclear
}

extension CanonicalAnswer {
    /// The cosine from which on running texts count as the same, and below which as different.
    ///
    /// Measured on sentence pairs whose likeness people judged; see Docs/Quality.md.
    private static let nearness: (same: Float, different: Float) = (0.9, 0.4)
    /// The relative difference that rounding explains.
    private static let rounding = 0.002

    package func likeness(to other: CanonicalAnswer) -> Likeness {
        switch (self, other) {
        case (.calls(let one), .calls(let two)), (.value(let one), .value(let two)): one == two ? .same : .different
        case (.option(let one), .option(let two)): one == two ? .same : .different
        case (.number(let one), .number(let two)): Self.isEqual(one, two) ? .same : .different
        // Two programs that read differently may do the same.
        case (.code(let one), .code(let two)): one == two ? .same : .unclear
        case (.prose(let one), .prose(let two)): one.likeness(to: two, Self.nearness)
        case (.number, .value), (.value, .number): .different
        default: .unclear
        }
    }

    private static func isEqual(_ one: Double, _ two: Double) -> Bool {
        if one == two { return true }
        guard one != one.rounded() || two != two.rounded() else { return false }
        return abs(one - two) <= rounding * max(abs(one), abs(two))
    }
}

extension Prose {
    fileprivate func likeness(to other: Prose, _ nearness: (same: Float, different: Float)) -> Likeness {
        if vector.isEmpty || other.vector.isEmpty { return .unclear }
        let cosine = zip(vector, other.vector).reduce(0) { $0 + $1.0 * $1.1 }
        if cosine < nearness.different { return .different }
        return cosine >= nearness.same && numbers == other.numbers ? .same : .unclear
    }
}
