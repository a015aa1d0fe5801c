package import Dialogue
package import Ledger
internal import Synchronization
internal import Telemetry

/// What all loops share of comparing answers: how much of each day's budget is left, and what is under way.
package final class ShadowSampling: Sendable {
    private struct State {
        /// Paid or set aside, by route, on the day of ``day``.
        var spent: [RouteName: Nanodollars] = [:]
        var day = CalendarDay(microseconds: 0)
        var tasks: [ExchangeID: Task<Void, Never>] = [:]
        var isClosed = false
    }

    /// The most comparisons under way at a time; beyond, exchanges are not compared.
    private static let mostUnderWay = 64

    private let state = Mutex(State())

    /// Begins with nothing paid.
    package init() {}

    /// Takes note of what the routes have paid today already.
    package func resume(_ rows: [SpendRow], at time: Int64) {
        state.withLock { state in
            state.day = CalendarDay(microseconds: time)
            for row in rows { state.spent[RouteName(row.name), default: .zero] += row.shadowCost }
        }
    }

    /// Sets aside what a comparison is expected to cost; false if the day's budget or the process has no room for it.
    package func reserve(_ cost: Nanodollars, of budget: Nanodollars?, for route: RouteName, at time: Int64) -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.tasks.count < Self.mostUnderWay else { return false }
            let day = CalendarDay(microseconds: time)
            if day != state.day { (state.day, state.spent) = (day, [:]) }
            let spent = (state.spent[route] ?? .zero) + cost
            if let budget, spent > budget { return false }
            state.spent[route] = spent
            return true
        }
    }

    /// Replaces what was set aside by what was paid.
    package func settle(_ reserved: Nanodollars, paid: Nanodollars, for route: RouteName) {
        state.withLock { state in
            state.spent[route] = max(.zero, (state.spent[route] ?? .zero) - reserved + paid)
        }
    }

    func begin(_ task: Task<Void, Never>, for exchange: ExchangeID) {
        let isClosed = state.withLock { state in
            state.tasks[exchange] = task
            return state.isClosed
        }
        if isClosed { task.cancel() }
    }

    func end(_ exchange: ExchangeID) { state.withLock { $0.tasks[exchange] = nil } }

    /// Cancels what is under way, and returns when all of it is accounted for; nothing begins any more.
    package func close() async {
        let tasks = state.withLock { state in
            state.isClosed = true
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}
