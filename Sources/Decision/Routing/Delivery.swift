package import Dialogue

/// When a streamed answer is handed out.
package enum Delivery: String, CaseIterable, Hashable, Sendable {
    /// As it comes; it is looked at afterwards.
    case streamed
    /// Once it has been looked at.
    case held
    /// Once its beginning has been looked at, and from then on as it comes.
    case guarded
}

/// How a route hands out streams, by task class, and how long it holds them back.
///
/// Whole answers are always looked at first.
package struct DeliveryPolicy: Hashable, Sendable {
    /// Where nothing is said of the task class.
    package var standard = Delivery.streamed
    package var byClass: [TaskClass: Delivery] = [:]
    /// What a guarded stream holds back before it is handed out.
    package var hold = HoldBack()
    /// How long the client of a held stream hears nothing; then come headers and comments, which keep its time-outs away.
    package var patience = Duration.seconds(5)

    package init(_ standard: Delivery = .streamed) {
        self.standard = standard
    }

    package subscript(_ taskClass: TaskClass) -> Delivery { byClass[taskClass] ?? standard }
}

/// The beginning of a stream that is looked at before the rest is let through: so many tokens, or what comes in some time.
package struct HoldBack: Hashable, Sendable {
    /// Tokens, at about four bytes each.
    package var tokens: Int
    /// Measured from the first event; nil waits for the tokens.
    package var time: Duration?

    package init(tokens: Int = 40, time: Duration? = nil) {
        self.tokens = tokens
        self.time = time
    }

    /// Whether enough has come: so many bytes of text, so long after the first event.
    package func isOver(bytes: Int, elapsed: Duration) -> Bool {
        bytes >= tokens * 4 || time.map { elapsed >= $0 } ?? false
    }
}
