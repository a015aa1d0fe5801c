internal import Dialogue
internal import JSON

/// One exchange with its attempts, as a person or a program reads it.
package struct ExchangeReport: Sendable {
    private let exchange: ExchangeRecord

    package init(_ exchange: ExchangeRecord) {
        self.exchange = exchange
    }

    /// One JSON object on one line, in the journal's own form.
    package func json() -> String {
        var json = JSONWriter()
        json.object { json in
            exchange.write(to: &json)
            json.member("cost_nano", Int(exchange.cost.count))
            json.member("saving_nano", exchange.saving.map { Int($0.count) })
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    /// Lines of text for the terminal.
    package func text() -> String {
        let baseline = exchange.baselineCost.map { "~$\($0)" } ?? "-"
        var lines = [
            "exchange  \(exchange.id)",
            "arrived   \(CalendarDay(microseconds: exchange.arrival)) (\(exchange.arrival) us since 1970)",
            "took      \(exchange.duration) us, of which the gateway \(exchange.overhead) us",
            "key       \(exchange.caller)",
            "route     \(exchange.route?.text ?? "-"), asked for \(exchange.requested)",
            "task      \(exchange.taskClass.rawValue)",
            "status    \(exchange.status) (\(exchange.format)\(exchange.streamed ? ", streamed" : ""))",
            "answer    \(exchange.deliveredModel?.text ?? "-") at \(exchange.deliveredProvider?.text ?? "-")",
            "spend     $\(exchange.cost)",
            "baseline  \(baseline) \(exchange.baselineModel?.text ?? "")",
            "saving    \(exchange.saving.map { "~$\($0)" } ?? "-")",
        ]
        if let review = exchange.review { lines.append("review    \(review.text)") }
        if let shadowed = exchange.shadowed {
            lines.append("shadow    of \(shadowed): asked to compare, delivered to nobody")
        }
        for attempt in exchange.attempts {
            let usage = attempt.usage
            lines.append(
                "call \(attempt.number)    \(attempt.outcome.rawValue) (\(attempt.status)) \(attempt.model) at "
                    + "\(attempt.provider): \(usage.totalInput) in, \(usage.cacheRead) of them cached, "
                    + "\(usage.output) out, $\(attempt.cost)\(usage.isEstimated ? " estimated" : "")")
            guard let verdict = attempt.verdict else { continue }
            let right = Int((verdict.probability * 100).rounded())
            let isDraft = attempt.isAnswer && attempt.number != exchange.deliveredAttempt
            let against = verdict.evidence.filter { $0.verdict == "fails" }.map(\.check)
            lines.append(
                "          right with \(right) %\(isDraft ? ", not delivered" : "")"
                    + (against.isEmpty ? "" : "; against it: \(against.joined(separator: ", "))"))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
