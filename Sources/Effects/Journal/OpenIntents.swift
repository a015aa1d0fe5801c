internal import Dialogue
package import Ledger

/// Intents whose exchange has not been seen to end, and the segments that hold them.
package struct OpenIntents: Sendable {
    private var intents: [ExchangeID: [(intent: AttemptIntent, segment: Int64)]] = [:]

    /// Starts with none.
    package init() {}

    package var isEmpty: Bool { intents.isEmpty }

    /// Takes note of one record; seeing a record twice changes nothing.
    package mutating func note(_ entry: JournalEntry, in segment: Int64) {
        switch entry {
        case .intent(let intent): Self.note(intent, in: segment, of: &intents[intent.exchange, default: []])
        case .exchange(let exchange): intents.removeValue(forKey: exchange.id)
        case .outcome, .pair: break
        }
    }

    private static func note(
        _ intent: AttemptIntent, in segment: Int64, of exchange: inout [(intent: AttemptIntent, segment: Int64)]
    ) {
        if exchange.contains(where: { $0.intent.number == intent.number }) { return }
        exchange.append((intent, segment))
    }

    /// Whether no open intent lies in the segment.
    package func isClear(_ segment: Int64) -> Bool {
        !intents.values.contains { $0.contains { $0.segment == segment } }
    }

    /// Every open exchange as one that was lost.
    package func lost() -> [ExchangeRecord] {
        intents.values.compactMap { ExchangeRecord(lost: $0.map(\.intent)) }
    }
}
