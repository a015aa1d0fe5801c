package import Ledger
package import Telemetry

/// What `/metrics` tells.
package struct GatewayMetrics: Sendable {
    package let registry: Registry
    private let requests: Counter
    private let attempts: Counter
    private let cost: Counter
    private let tokens: Counter
    private let duration: Histogram
    private let overhead: Histogram
    package let journalFailures: Counter

    /// Registers the gateway's metrics.
    package init(registry: Registry) {
        self.registry = registry
        requests = registry.counter(
            "farthing_requests_total", help: "Client requests by route, format and status.")
        attempts = registry.counter(
            "farthing_attempts_total", help: "Upstream calls by provider, model and outcome.")
        cost = registry.counter(
            "farthing_cost_nanodollars_total", help: "Spend in nanodollars by provider and model.")
        tokens = registry.counter(
            "farthing_tokens_total", help: "Tokens by provider, model and direction.")
        duration = registry.histogram(
            "farthing_request_duration_seconds", help: "From arrival to the last byte.",
            buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120])
        overhead = registry.histogram(
            "farthing_overhead_seconds", help: "The gateway's own time before the first upstream call.",
            buckets: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.01, 0.05])
        journalFailures = registry.counter(
            "farthing_journal_failures_total", help: "Records that the journal could not take.")
    }

    /// Counts one finished exchange.
    package func observe(_ record: ExchangeRecord) {
        requests.increment(labels: [
            "route": record.route?.text ?? "off", "format": record.format, "status": String(record.status),
        ])
        for attempt in record.attempts {
            let who: KeyValuePairs = ["provider": attempt.provider.text, "model": attempt.model.text]
            attempts.increment(labels: [
                "provider": attempt.provider.text, "model": attempt.model.text, "outcome": attempt.outcome.rawValue,
            ])
            cost.increment(by: Double(attempt.cost.count), labels: who)
            tokens.increment(
                by: Double(attempt.usage.totalInput),
                labels: ["provider": attempt.provider.text, "model": attempt.model.text, "direction": "input"])
            tokens.increment(
                by: Double(attempt.usage.output),
                labels: ["provider": attempt.provider.text, "model": attempt.model.text, "direction": "output"])
        }
        duration.observe(Double(record.duration) / 1e6)
        overhead.observe(Double(record.overhead) / 1e6)
    }
}
