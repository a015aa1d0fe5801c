internal import Dialogue
internal import Ledger
package import Telemetry

/// What `/metrics` tells.
package struct GatewayMetrics: Sendable {
    package let registry: Registry
    package let journalFailures: Counter
    private let requests: MetricFamily<Counter>
    private let attempts: MetricFamily<Counter>
    private let cost: MetricFamily<Counter>
    private let tokens: MetricFamily<Counter>
    private let duration: Histogram
    private let overhead: Histogram

    /// Registers the gateway's metrics.
    package init(registry: Registry) {
        self.registry = registry
        requests = registry.counters(
            "farthing_requests_total", help: "Client requests by route, format and status.",
            labels: ["route", "format", "status"])
        attempts = registry.counters(
            "farthing_attempts_total", help: "Upstream calls by provider, model and outcome.",
            labels: ["provider", "model", "outcome"])
        cost = registry.counters(
            "farthing_cost_dollars_total", help: "Spend by provider and model.", labels: ["provider", "model"],
            scale: 1e-9)
        tokens = registry.counters(
            "farthing_tokens_total", help: "Tokens by provider, model and direction.",
            labels: ["provider", "model", "direction"])
        duration = registry.histogram(
            "farthing_request_duration_seconds", help: "From arrival to the answer's last byte.",
            bounds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120])
        overhead = registry.histogram(
            "farthing_overhead_seconds", help: "The gateway's own time before the first upstream call.",
            bounds: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.01, 0.05])
        journalFailures = registry.counter(
            "farthing_journal_failures_total", help: "Records that the journal could not take.")
    }

    /// Counts one finished exchange.
    func observe(_ record: ExchangeRecord) {
        requests.with(record.route?.text ?? "off", record.format, String(record.status)).add()
        for attempt in record.attempts {
            let (provider, model) = (attempt.provider.text, attempt.model.text)
            attempts.with(provider, model, attempt.outcome.rawValue).add()
            cost.with(provider, model).add(UInt64(max(0, attempt.cost.count)))
            tokens.with(provider, model, "input").add(UInt64(max(0, attempt.usage.totalInput)))
            tokens.with(provider, model, "output").add(UInt64(max(0, attempt.usage.output)))
        }
        duration.observe(.microseconds(record.duration))
        overhead.observe(.microseconds(record.overhead))
    }
}
