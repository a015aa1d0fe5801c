package import Dialogue
internal import Synchronization

/// Keeps exchanges in memory, for tests and rehearsals; gone with the process.
package final class MemoryLedger: LedgerStore {
    private struct State {
        var exchanges: [ExchangeID: ExchangeRecord] = [:]
        var outcomes: [OutcomeRecord] = []
        var pairs: [PairRecord] = []
        var position: JournalPosition?
        /// What removed exchanges cost, by day.
        var removed: [CalendarDay: [SpendGrouping: SpendSums]] = [:]
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
        let (exchanges, removed) = state.withLock { (Array($0.exchanges.values), $0.removed) }
        var sums = SpendSums()
        for exchange in exchanges where period.contains(exchange.arrival) {
            try sums.add(exchange.spend(by: grouping))
        }
        for (day, kept) in removed where period.days.contains(day.number) {
            guard grouping == .day else {
                try sums.add(kept[grouping]?.rows ?? [])
                continue
            }
            var total = kept[.total]?.rows ?? []
            for index in total.indices { total[index].name = day.description }
            try sums.add(total)
        }
        return sums.rows
    }

    package func outputs(ofLast limit: Int) -> [OutputSum] {
        let last = state.withLock { $0.exchanges.values.sorted { $0.arrival < $1.arrival }.suffix(limit) }
        let answers = last.flatMap { exchange in
            exchange.attempts.filter { $0.outcome == .completed && !$0.usage.isEstimated }
                .map { (model: $0.model, task: exchange.taskClass, tokens: $0.usage.output) }
        }
        return Dictionary(grouping: answers) { [$0.model.text, $0.task.rawValue] }.values.map { answers in
            OutputSum(
                model: answers[0].model, taskClass: answers[0].task, answers: answers.count,
                meanTokens: Double(answers.reduce(0) { $0 + $1.tokens }) / Double(answers.count))
        }
    }

    package func remove(before time: Int64, limit: Int) throws(LedgerError) -> Int {
        let oldest = state.withLock { state in
            state.exchanges.values.filter { $0.arrival < time }.sorted { $0.arrival < $1.arrival }.prefix(limit)
        }
        for exchange in oldest {
            let day = CalendarDay(microseconds: exchange.arrival)
            var sums = state.withLock { $0.removed[day] ?? [:] }
            for grouping in SpendGrouping.kept {
                try sums[grouping, default: SpendSums()].add(exchange.spend(by: grouping))
            }
            state.withLock { state in
                state.removed[day] = sums
                state.exchanges[exchange.id] = nil
            }
        }
        return oldest.count
    }

    package func removed(in period: Period) -> Int {
        state.withLock { state in
            state.removed.filter { period.days.contains($0.key.number) }.values
                .reduce(0) { $0 + ($1[.total]?.rows.first?.exchanges ?? 0) }
        }
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
