internal import Dialogue
internal import Ledger
internal import Synchronization
package import Telemetry

/// What `/metrics` tells.
package final class GatewayMetrics: Sendable {
    package let registry: Registry
    package let journalFailures: Counter
    let feedback: Counter
    let certificateFailures: MetricFamily<Counter>
    let driftAlarms: MetricFamily<Counter>
    private let comparisons: MetricFamily<Counter>
    private let shadowCost: MetricFamily<Counter>
    private let certifiedPolicies: MetricFamily<Gauge>
    private let certificatePairs: MetricFamily<Gauge>
    private let escalations: MetricFamily<Counter>
    private let drafts: MetricFamily<Counter>
    private let requests: MetricFamily<Counter>
    private let attempts: MetricFamily<Counter>
    private let cost: MetricFamily<Counter>
    private let tokens: MetricFamily<Counter>
    private let calls = Mutex<[(labels: CallLabels, series: CallSeries)]>([])
    private let answers = Mutex<[(labels: AnswerLabels, series: Counter)]>([])
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
        comparisons = registry.counters(
            "farthing_shadow_comparisons_total", help: "Exchanges drawn to be compared with the baseline, by verdict.",
            labels: ["route", "verdict"])
        shadowCost = registry.counters(
            "farthing_shadow_cost_dollars_total", help: "Spend on answers that were only compared.", labels: ["route"],
            scale: 1e-9)
        certifiedPolicies = registry.gauges(
            "farthing_certificate_policies", help: "Policies certified, from the most careful on.", labels: ["route"])
        certificatePairs = registry.gauges(
            "farthing_certificate_pairs", help: "Pairs that the route's certificate rests on.", labels: ["route"])
        certificateFailures = registry.counters(
            "farthing_certificate_failures_total", help: "Policies given up because they lost too much.",
            labels: ["route"])
        driftAlarms = registry.counters(
            "farthing_drift_alarms_total",
            help: "Times the share of escalations, or of compared answers that differ, has moved.",
            labels: ["route", "signal"])
        feedback = registry.counter("farthing_feedback_total", help: "Feedback that was taken in.")
        journalFailures = registry.counter(
            "farthing_journal_failures_total", help: "Records that the journal could not take.")
    }

    /// What the calls of one deployment with one outcome count into.
    private final class CallSeries: Sendable {
        let attempts, cost, input, output: Counter

        init(attempts: Counter, cost: Counter, input: Counter, output: Counter) {
            (self.attempts, self.cost, self.input, self.output) = (attempts, cost, input, output)
        }
    }

    private struct CallLabels: Equatable {
        let provider: ProviderName
        let model: ModelName
        let outcome: AttemptRecord.Outcome
    }

    private struct AnswerLabels: Equatable {
        let route: RouteName?
        let format: String
        let status: Int
    }

    /// The counter of an exchange; like those of calls it is found without hashing, since a gateway has few.
    private func series(of record: ExchangeRecord) -> Counter {
        let labels = AnswerLabels(route: record.route, format: record.format, status: record.status)
        return answers.withLock { answers in
            if let known = answers.first(where: { $0.labels == labels }) { return known.series }
            let series = requests.with(record.route?.text ?? "off", record.format, String(record.status))
            answers.append((labels, series))
            return series
        }
    }

    private func series(of attempt: AttemptRecord) -> CallSeries {
        let labels = CallLabels(provider: attempt.provider, model: attempt.model, outcome: attempt.outcome)
        return calls.withLock { calls in
            if let known = calls.first(where: { $0.labels == labels }) { return known.series }
            let (provider, model) = (attempt.provider.text, attempt.model.text)
            let series = CallSeries(
                attempts: attempts.with(provider, model, attempt.outcome.rawValue), cost: cost.with(provider, model),
                input: tokens.with(provider, model, "input"), output: tokens.with(provider, model, "output"))
            calls.append((labels, series))
            return series
        }
    }

    /// Counts one finished exchange.
    func observe(_ record: ExchangeRecord) {
        series(of: record).add()
        if record.attempts.count(where: \.isAnswer) > 1 {
            escalations.with(record.route?.text ?? "off").add()
            drafts.with(record.route?.text ?? "off").add(UInt64(max(0, record.draftCost.count)))
        }
        count(record.attempts)
        duration.observe(microseconds: record.duration)
        overhead.observe(microseconds: record.overhead)
    }

    /// Counts what was asked to compare.
    func observe(shadow record: ExchangeRecord) {
        shadowCost.with(record.route?.text ?? "off").add(UInt64(max(0, record.cost.count)))
        count(record.attempts)
    }

    func noteComparison(_ verdict: String, _ route: RouteName) { comparisons.with(route.text, verdict).add() }

    func show(_ standing: LiveStanding, of route: RouteName) {
        certifiedPolicies.with(route.text).set(standing.certified)
        certificatePairs.with(route.text).set(standing.pairs)
    }

    private func count(_ attempts: [AttemptRecord]) {
        for index in attempts.indices {
            let series = series(of: attempts[index])
            series.attempts.add()
            series.cost.add(UInt64(max(0, attempts[index].cost.count)))
            series.input.add(UInt64(max(0, attempts[index].usage.totalInput)))
            series.output.add(UInt64(max(0, attempts[index].usage.output)))
        }
    }
}
