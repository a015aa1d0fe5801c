internal import Synchronization

/// A metric with labels: one series for each combination of their values.
package final class MetricFamily<Series: MetricSeries>: Sendable {
    private let labels: [String]
    private let make: @Sendable () -> Series
    private let series = Mutex<[[String]: Series]>([:])

    init(labels: [String], make: @escaping @Sendable () -> Series) {
        self.labels = labels
        self.make = make
    }

    /// The series of these label values, in the order of the labels; made at first sight.
    ///
    /// On a hot path keep what it returns. Values come from a closed set: every new one is memory for ever.
    package func with(_ values: String...) -> Series {
        precondition(values.count == labels.count, "one value for each label")
        return series.withLock { series in
            if let known = series[values] { return known }
            let new = make()
            series[values] = new
            return new
        }
    }

    func render(_ name: String, into text: inout String) {
        let all = series.withLock { $0 }
        for (values, series) in all.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let pairs = zip(labels, values).map { "\($0)=\"\(Exposition.escaped($1, quote: true))\"" }
            series.render(name, labels: pairs.joined(separator: ","), into: &text)
        }
    }
}
