internal import Dialogue
internal import Ledger
internal import Synchronization

/// The last exchanges, which the ledger may not have taken yet; bounded.
package final class RecentExchanges: Sendable {
    private struct State {
        var records: [ExchangeID: ExchangeRecord] = [:]
        var order: [ExchangeID] = []
        var next = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int = 2048) {
        self.limit = limit
    }

    func note(_ record: ExchangeRecord) {
        state.withLock { state in
            state.records[record.id] = record
            if state.order.count < limit { return state.order.append(record.id) }
            state.records[state.order[state.next]] = nil
            state.order[state.next] = record.id
            state.next = (state.next + 1) % limit
        }
    }

    subscript(_ id: ExchangeID) -> ExchangeRecord? { state.withLock { $0.records[id] } }
}
