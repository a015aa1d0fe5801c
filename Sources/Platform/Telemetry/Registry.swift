internal import Synchronization

/// The metrics of a process, in the order they were declared.
///
/// Passed to who declares or shows metrics; never global.
package final class Registry: Sendable {
    private struct Entry: Sendable {
        let name: String
        let render: @Sendable (inout String) -> Void
    }

    private let entries = Mutex<[Entry]>([])

    /// The content type of ``text``.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package init() {}

    /// Declares a counter, whose name ends in `_total`.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - help: What it counts.
    ///   - scale: What one unit shows as: 1e-9 for nano-dollars shown as dollars.
    /// - Returns: The counter.
    package func counter(_ name: String, help: String, scale: Double = 1) -> Counter {
        counters(name, help: help, labels: [], scale: scale).with()
    }

    /// Declares a counter with labels.
    package func counters(_ name: String, help: String, labels: [String], scale: Double = 1) -> MetricFamily<Counter> {
        add(name, help, "counter", MetricFamily(labels: labels) { Counter(scale: scale) })
    }

    /// Declares a gauge.
    package func gauge(_ name: String, help: String) -> Gauge {
        gauges(name, help: help, labels: []).with()
    }

    /// Declares a gauge with labels.
    package func gauges(_ name: String, help: String, labels: [String]) -> MetricFamily<Gauge> {
        add(name, help, "gauge", MetricFamily(labels: labels) { Gauge() })
    }

    /// Declares a gauge that is read when it is shown.
    package func gauge(_ name: String, help: String, read: @escaping @Sendable () -> Double) {
        append(name) { text in
            text += Exposition.header(name, help: help, type: "gauge")
            text += Exposition.sample(name, labels: "", "\(read())")
        }
    }

    /// Declares a histogram.
    ///
    /// The `bounds` are upper and inclusive, in rising order; `+Inf` is added.
    package func histogram(_ name: String, help: String, bounds: [Double]) -> Histogram {
        histograms(name, help: help, labels: [], bounds: bounds).with()
    }

    /// Declares a histogram with labels.
    package func histograms(
        _ name: String, help: String, labels: [String], bounds: [Double]
    ) -> MetricFamily<Histogram> {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds must rise")
        return add(name, help, "histogram", MetricFamily(labels: labels) { Histogram(bounds: bounds) })
    }

    /// All metrics in the text format.
    package var text: String {
        var text = ""
        for entry in entries.withLock({ $0 }) { entry.render(&text) }
        return text
    }

    private func add<Series>(
        _ name: String, _ help: String, _ type: String, _ family: MetricFamily<Series>
    ) -> MetricFamily<Series> {
        append(name) { text in
            text += Exposition.header(name, help: help, type: type)
            family.render(name, into: &text)
        }
        return family
    }

    private func append(_ name: String, render: @escaping @Sendable (inout String) -> Void) {
        entries.withLock { entries in
            precondition(!entries.contains { $0.name == name }, "a metric is declared once")
            entries.append(Entry(name: name, render: render))
        }
    }
}
