internal import Dialogue
internal import Ledger
internal import Synchronization

/// The last exchanges, which the ledger may not have taken yet; bounded.
///
/// Noted for every request and asked for one seldom, so they lie in a ring and are searched one by one.
package final class RecentExchanges: Sendable {
    private struct State {
        var records: [ExchangeRecord] = []
        /// The oldest, once the ring is full.
        var oldest = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int = 2048) {
        self.limit = limit
    }

    func note(_ record: ExchangeRecord) {
        state.withLock { state in
            if state.records.count < limit { return state.records.append(record) }
            state.records[state.oldest] = record
            state.oldest = (state.oldest + 1) % limit
        }
    }

    subscript(_ id: ExchangeID) -> ExchangeRecord? { state.withLock { $0.records.first { $0.id == id } } }
}
