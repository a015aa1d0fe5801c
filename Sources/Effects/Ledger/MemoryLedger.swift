package import Dialogue
internal import Synchronization

/// Keeps exchanges in memory, for tests and rehearsals; gone with the process.
package final class MemoryLedger: LedgerStore {
    private struct State {
        var exchanges: [ExchangeID: ExchangeRecord] = [:]
        var outcomes: [OutcomeRecord] = []
        var pairs: [PairRecord] = []
        var position: JournalPosition?
    }

    private let state = Mutex(State())

    /// Creates an empty ledger.
    package init() {}

    package func insert(
        _ exchanges: [ExchangeRecord], outcomes: [OutcomeRecord], pairs: [PairRecord], upTo position: JournalPosition
    ) throws(LedgerError) {
        state.withLock { state in
            for exchange in exchanges where state.exchanges[exchange.id] == nil {
                state.exchanges[exchange.id] = exchange
            }
            for outcome in outcomes where !state.outcomes.contains(where: { $0.id == outcome.id }) {
                state.outcomes.append(outcome)
            }
            for pair in pairs where !state.pairs.contains(where: { $0.id == pair.id }) { state.pairs.append(pair) }
            state.position = position
        }
    }

    package func outcomes(
        after number: Int64, limit: Int
    ) throws(LedgerError) -> [(number: Int64, OutcomeRecord)] {
        state.withLock { state in
            state.outcomes.enumerated().dropFirst(Int(number)).prefix(limit).map { (Int64($0.offset + 1), $0.element) }
        }
    }

    package func pairs(after number: Int64, limit: Int) throws(LedgerError) -> [(number: Int64, PairRecord)] {
        state.withLock { state in
            state.pairs.enumerated().dropFirst(Int(number)).prefix(limit).map { (Int64($0.offset + 1), $0.element) }
        }
    }

    package func position() -> JournalPosition? { state.withLock { $0.position } }

    package func persist() -> Bool { true }

    package func exchange(_ id: ExchangeID) -> ExchangeRecord? { state.withLock { $0.exchanges[id] } }

    package func reviews(in period: Period, limit: Int) -> [ExchangeRecord] {
        let marked = state.withLock { $0.exchanges.values.filter { $0.review != nil && period.contains($0.arrival) } }
        return Array(marked.sorted { $0.arrival > $1.arrival }.prefix(limit))
    }

    package func cascade(in period: Period) throws(LedgerError) -> CascadeSums {
        let (exchanges, outcomes, pairs) = state.withLock { (Array($0.exchanges.values), $0.outcomes, $0.pairs) }
        let evidence = DeliveryEvidence.byExchange(outcomes: outcomes, pairs: pairs)
        var sums = CascadeSums()
        for exchange in exchanges where period.contains(exchange.arrival) && exchange.shadowed == nil {
            try sums.add(
                exchange.attempts, delivered: exchange.deliveredAttempt,
                evidence: evidence[exchange.id] ?? DeliveryEvidence())
        }
        return sums
    }

    package func spend(by grouping: SpendGrouping, in period: Period) throws(LedgerError) -> [SpendRow] {
        let exchanges = state.withLock { Array($0.exchanges.values) }
        var sums = SpendSums()
        for exchange in exchanges where period.contains(exchange.arrival) {
            try sums.add(exchange.spend(by: grouping))
        }
        return sums.rows
    }
}

/// Adds rows of the same name.
package struct SpendSums: Sendable {
    private var sums: [String: SpendRow] = [:]

    /// Starts with nothing.
    package init() {}

    /// The sum for each name, in no order.
    package var rows: [SpendRow] { Array(sums.values) }

    /// Adds rows to those of their names.
    ///
    /// - Throws: if a sum does not fit.
    package mutating func add(_ rows: [SpendRow]) throws(LedgerError) {
        for row in rows { try sums[row.name, default: SpendRow(name: row.name)].add(row) }
    }
}
