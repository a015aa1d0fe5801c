internal import Configuration
internal import Journal
package import Ledger
package import Telemetry

/// Removes exchanges from the ledger that are older than the operator wants to keep one by one; what they cost stays as sums.
///
/// It goes in small batches, off the request path, and follows the configuration as it is read again.
package struct Retention: Sendable {
    private static let batch = 200
    private static let day: Int64 = 86_400_000_000

    private let state: GatewayState
    private let ledger: any LedgerStore
    private let log: Log

    package init(state: GatewayState, ledger: any LedgerStore, log: Log) {
        self.state = state
        self.ledger = ledger
        self.log = log
    }

    /// Looks every hour until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            let configuration = state.snapshot.configuration
            if let days = configuration.retention { await remove(olderThan: days, in: configuration.dataFolder) }
            try? await Task.sleep(for: .seconds(3600))
        }
    }

    private func remove(olderThan days: Int, in folder: String) async {
        do {
            let oldest = try JournalFolder(data: folder).segments().first
            let limit = Self.limit(keeping: days, now: WallClock.microseconds, oldestSegment: oldest)
            var count = 0
            while !Task.isCancelled {
                let removed = try await ledger.remove(before: limit, limit: Self.batch)
                count += removed
                if removed < Self.batch { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            guard count > 0 else { return }
            log.info(
                "exchanges removed",
                ["count": .integer(Int64(count)), "before": .text("\(CalendarDay(microseconds: limit))")])
        } catch {
            log.warning("retention", ["reason": .text("\(error)")])
        }
    }

    /// The moment before which exchanges go: the beginning of a day, in microseconds since 1970.
    ///
    /// What may be read from the journal again stays, lest it be counted twice: the number of its oldest segment is the moment
    /// at which that began, and no exchange takes a day.
    package static func limit(keeping days: Int, now: Int64, oldestSegment: Int64?) -> Int64 {
        let wanted = now - Int64(days) * day
        return CalendarDay(microseconds: min(wanted, (oldestSegment ?? now) - day)).start
    }
}
