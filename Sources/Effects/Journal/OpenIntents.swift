internal import Dialogue
package import Ledger

/// Intents whose exchange has not been seen to end, and the segments that hold them.
package struct OpenIntents: Sendable {
    private var intents: [ExchangeID: [(intent: AttemptIntent, segment: Int64)]] = [:]
    private var counts: [Int64: Int] = [:]

    /// Starts with none.
    package init() {}

    package var isEmpty: Bool { intents.isEmpty }

    /// Takes note of one record; seeing a record twice changes nothing.
    package mutating func note(_ entry: JournalEntry, in segment: Int64) {
        switch entry {
        case .intent(let intent):
            let isKnown = intents[intent.exchange]?.contains { $0.intent.number == intent.number } ?? false
            if isKnown { return }
            intents[intent.exchange, default: []].append((intent, segment))
            counts[segment, default: 0] += 1
        case .exchange(let exchange):
            for open in intents.removeValue(forKey: exchange.id) ?? [] { counts[open.segment, default: 0] -= 1 }
        case .outcome, .pair: break
        }
    }

    /// Whether no open intent lies in the segment.
    package func isClear(_ segment: Int64) -> Bool { counts[segment, default: 0] == 0 }

    /// Every open exchange as one that was lost.
    package func lost() -> [ExchangeRecord] {
        intents.values.compactMap { ExchangeRecord(lost: $0.map(\.intent)) }
    }
}
