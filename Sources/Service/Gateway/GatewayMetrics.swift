internal import Dialogue
internal import Ledger
internal import Synchronization
package import Telemetry

/// What `/metrics` tells.
package final class GatewayMetrics: Sendable {
    package let registry: Registry
    package let journalFailures: Counter
    let feedback: Counter
    private let escalations: MetricFamily<Counter>
    private let drafts: MetricFamily<Counter>
    private let requests: MetricFamily<Counter>
    private let attempts: MetricFamily<Counter>
    private let cost: MetricFamily<Counter>
    private let tokens: MetricFamily<Counter>
    private let calls = Mutex<[CallLabels: CallSeries]>([:])
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
        escalations = registry.counters(
            "farthing_escalations_total",
            help: "Exchanges in which an answer would not do and another model was asked.",
            labels: ["route"])
        drafts = registry.counters(
            "farthing_draft_cost_dollars_total", help: "Spend on answers that were not delivered.", labels: ["route"],
            scale: 1e-9)
        duration = registry.histogram(
            "farthing_request_duration_seconds", help: "From arrival to the answer's last byte.",
            bounds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120])
        overhead = registry.histogram(
            "farthing_overhead_seconds", help: "The gateway's own time before the first upstream call.",
            bounds: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.01, 0.05])
        feedback = registry.counter("farthing_feedback_total", help: "Feedback that was taken in.")
        journalFailures = registry.counter(
            "farthing_journal_failures_total", help: "Records that the journal could not take.")
    }

    /// What the calls of one deployment with one outcome count into.
    private struct CallSeries {
        let attempts, cost, input, output: Counter
    }

    private struct CallLabels: Hashable {
        let provider: ProviderName
        let model: ModelName
        let outcome: AttemptRecord.Outcome
    }

    private func series(of attempt: AttemptRecord) -> CallSeries {
        let labels = CallLabels(provider: attempt.provider, model: attempt.model, outcome: attempt.outcome)
        return calls.withLock { calls in
            if let known = calls[labels] { return known }
            let (provider, model) = (attempt.provider.text, attempt.model.text)
            let series = CallSeries(
                attempts: attempts.with(provider, model, attempt.outcome.rawValue), cost: cost.with(provider, model),
                input: tokens.with(provider, model, "input"), output: tokens.with(provider, model, "output"))
            calls[labels] = series
            return series
        }
    }

    /// Counts one finished exchange.
    func observe(_ record: ExchangeRecord) {
        requests.with(record.route?.text ?? "off", record.format, String(record.status)).add()
        if record.attempts.count(where: \.isAnswer) > 1 {
            escalations.with(record.route?.text ?? "off").add()
            drafts.with(record.route?.text ?? "off").add(UInt64(max(0, record.draftCost.count)))
        }
        for attempt in record.attempts {
            let series = series(of: attempt)
            series.attempts.add()
            series.cost.add(UInt64(max(0, attempt.cost.count)))
            series.input.add(UInt64(max(0, attempt.usage.totalInput)))
            series.output.add(UInt64(max(0, attempt.usage.output)))
        }
        duration.observe(.microseconds(record.duration))
        overhead.observe(.microseconds(record.overhead))
    }
}
