internal import Dialogue
package import Ledger

/// Intents whose exchange has not been seen to end, and the segments that hold them.
package struct OpenIntents: Sendable {
    /// An intent as the journal holds it: nothing of it is copied.
    private struct Noted {
        let entry: JournalEntry
        let number: Int
        let segment: Int64
    }

    /// The calls of one exchange; most have one.
    private struct Calls {
        let first: Noted
        var further: [Noted] = []

        var all: [Noted] { [first] + further }

        mutating func note(_ call: Noted) {
            if call.number == first.number || further.contains(where: { $0.number == call.number }) { return }
            further.append(call)
        }
    }

    private var calls: [ExchangeID: Calls] = [:]

    /// Starts with none.
    package init() {}

    package var isEmpty: Bool { calls.isEmpty }

    /// Takes note of one record; seeing a record twice changes nothing.
    package mutating func note(_ entry: JournalEntry, in segment: Int64) {
        switch entry {
        case .intent(let intent):
            let call = Noted(entry: entry, number: intent.number, segment: segment)
            calls[intent.exchange, default: Calls(first: call)].note(call)
        case .exchange(let exchange): calls.removeValue(forKey: exchange.id)
        case .outcome, .pair: break
        }
    }

    /// Whether no open intent lies in the segment.
    package func isClear(_ segment: Int64) -> Bool {
        !calls.values.contains { $0.all.contains { $0.segment == segment } }
    }

    /// Every open exchange as one that was lost.
    package func lost() -> [ExchangeRecord] {
        calls.values.compactMap { calls in
            ExchangeRecord(
                lost: calls.all.compactMap { call in
                    guard case .intent(let intent) = call.entry else { return nil }
                    return intent
                })
        }
    }
}
