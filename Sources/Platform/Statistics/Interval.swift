/// A range that a quantity lies in with some confidence.
package struct Interval: Sendable, Equatable {
    /// The lower end.
    package let lower: Double
    /// The upper end.
    package let upper: Double

    /// A range between these ends.
    package init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether a value lies in the range or on its ends.
    package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
