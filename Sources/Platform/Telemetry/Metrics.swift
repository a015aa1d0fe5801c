internal import Synchronization

/// What a metric shows for one set of labels.
package protocol MetricSeries: AnyObject, Sendable {
    /// Appends the series' samples; `labels` are rendered pairs without braces.
    func render(_ name: String, labels: String, into text: inout String)
}

/// Only ever grows.
package final class Counter: MetricSeries {
    private let total = Atomic<UInt64>(0)
    private let scale: Double

    init(scale: Double) { self.scale = scale }

    /// What was counted so far.
    package var value: UInt64 { total.load(ordering: .relaxed) }

    /// Counts that much more.
    package func add(_ amount: UInt64 = 1) { total.wrappingAdd(amount, ordering: .relaxed) }

    package func render(_ name: String, labels: String, into text: inout String) {
        let shown = scale == 1 ? "\(value)" : "\(Double(value) * scale)"
        text += Exposition.sample(name, labels: labels, shown)
    }
}

/// Goes up and down.
package final class Gauge: MetricSeries {
    private let current = Atomic<Int>(0)

    /// The present level.
    package var value: Int { current.load(ordering: .relaxed) }

    /// Replaces the level.
    package func set(_ value: Int) { current.store(value, ordering: .relaxed) }

    /// Moves the level, down if negative.
    package func add(_ amount: Int) { current.wrappingAdd(amount, ordering: .relaxed) }

    package func render(_ name: String, labels: String, into text: inout String) {
        text += Exposition.sample(name, labels: labels, "\(value)")
    }
}

/// Counts observations by upper bounds, and sums them.
package final class Histogram: MetricSeries {
    private struct State {
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    /// Counts one value, in the unit of the bounds.
    package func observe(_ value: Double) {
        let index = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock {
            $0.counts[index] += 1
            $0.sum += value
        }
    }

    /// Counts a length of time in seconds that is given in whole microseconds.
    package func observe(microseconds: Int64) {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        observe(Double(seconds) + Double(rest * 1_000_000_000_000) * 1e-18)
    }

    package func render(_ name: String, labels: String, into text: inout String) {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        let prefix = labels.isEmpty ? "" : labels + ","
        var total: UInt64 = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
            text += Exposition.sample(name + "_bucket", labels: "\(prefix)le=\"\(bound)\"", "\(total)")
        }
        text += Exposition.sample(name + "_sum", labels: labels, "\(sum)")
        text += Exposition.sample(name + "_count", labels: labels, "\(total)")
    }
}
