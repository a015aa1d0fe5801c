internal import JSON
package import Ledger

/// Carries the journal into a store, in batches, exactly once in effect.
///
/// It takes only what is synced, from the oldest segment present on: the store leaves known ids as they are, so that
/// reading again after a crash does no harm. A pause between batches makes each transaction serve many exchanges. Intents of earlier runs whose exchange never ended become lost attempts. A
/// segment is deleted when the store has made all of it durable and no call noted in it is still under way.
package struct LedgerDrain: Sendable {
    /// What an operator should hear of; never the text of a record.
    package enum Notice: Hashable, Sendable, CustomStringConvertible {
        /// The store or the journal failed; the drain tries again after so many milliseconds.
        case failed(reason: String, retryAfter: Int)
        /// Records were left out because they are torn or damaged.
        case damaged(segment: Int64, lines: Int, tornBytes: Int)
        /// Exchanges that a crash cut short are kept with estimated costs.
        case lost(exchanges: Int)

        package var description: String {
            switch self {
            case .failed(let reason, let wait): "ledger: \(reason); nothing is lost, trying again in \(wait) ms"
            case .damaged(let segment, let lines, let torn):
                "journal segment \(segment): left out \(lines) damaged lines and \(torn) torn bytes"
            case .lost(let exchanges): "a crash cut \(exchanges) exchanges short: kept with estimated costs"
            }
        }
    }

    private let journal: Journal
    private let store: any LedgerStore
    private let pause: Duration
    private let notice: @Sendable (Notice) -> Void

    /// Creates a drain; ``run()`` starts it.
    ///
    /// What the store has not taken yet is looked for among the gateway's latest exchanges, of which there are few thousand: a
    /// longer pause would leave a gap at high rates.
    package init(
        _ journal: Journal, into store: any LedgerStore, pause: Duration = .milliseconds(200),
        notice: @escaping @Sendable (Notice) -> Void
    ) {
        self.journal = journal
        self.store = store
        self.pause = pause
        self.notice = notice
    }

    /// Drains until the task is cancelled, then once more what is there, and returns.
    package func run() async {
        var progress = DrainProgress()
        var wait = 50
        while true {
            do {
                let isCancelled = Task.isCancelled
                // The last pass takes what is not synced yet too: the process ends after it, the machine does not.
                try await catchUp(&progress, upTo: isCancelled ? journal.appendedPosition : journal.syncedPosition)
                wait = 50
                if isCancelled { return }
                try await journal.synced(beyond: progress.position ?? journal.syncedPosition)
                try? await Task.sleep(for: pause)
            } catch {
                notice(.failed(reason: "\(error)", retryAfter: wait))
                if Task.isCancelled { return }
                try? await Task.sleep(for: .milliseconds(wait))
                wait = min(wait * 2, 5000)
            }
        }
    }

    /// Carries all before `end` into the store, and deletes what is done with.
    package func catchUp(_ progress: inout DrainProgress, upTo end: JournalPosition) async throws {
        let parser = JSONParser()
        for segment in try journal.folder.segments() where segment <= end.segment {
            if let position = progress.position, segment < position.segment { continue }
            try await resolveLost(before: segment, &progress)
            try await drain(segment, upTo: end, &progress, with: parser)
        }
        try await removeFinished(&progress)
    }

    private func drain(
        _ segment: Int64, upTo end: JournalPosition, _ progress: inout DrainProgress, with parser: JSONParser
    ) async throws {
        var position = progress.position ?? JournalPosition(segment: segment, offset: 0)
        if position.segment < segment { position = JournalPosition(segment: segment, offset: 0) }
        while true {
            let batch = try journal.batch(from: position, upTo: end, with: parser)
            if !batch.entries.isEmpty {
                try await store.insert(
                    batch.exchanges, outcomes: batch.outcomes, pairs: batch.pairs, upTo: batch.next)
            }
            for entry in batch.entries { progress.open.note(entry, in: segment) }
            if batch.damaged > 0 || batch.tornBytes > 0 {
                notice(.damaged(segment: segment, lines: batch.damaged, tornBytes: batch.tornBytes))
            }
            position = batch.next
            progress.position = position
            if batch.isAtEnd { break }
        }
        if segment < end.segment { progress.finished.insert(segment) }
    }

    /// Once all segments of earlier runs are read, what is open among them will never end.
    private func resolveLost(before segment: Int64, _ progress: inout DrainProgress) async throws {
        guard !progress.hasResolvedLost, segment >= journal.firstSegment else { return }
        let lost = progress.open.lost()
        if !lost.isEmpty {
            try await store.insert(lost, upTo: JournalPosition(segment: segment, offset: 0))
            notice(.lost(exchanges: lost.count))
            progress.open = OpenIntents()
        }
        progress.hasResolvedLost = true
    }

    private func removeFinished(_ progress: inout DrainProgress) async throws {
        let done = progress.finished.filter { progress.open.isClear($0) }
        guard !done.isEmpty, try await store.persist() else { return }
        for segment in done.sorted() {
            try journal.folder.remove(segment)
            progress.finished.remove(segment)
        }
    }
}

/// How far a drain has come in this run.
package struct DrainProgress: Sendable {
    var position: JournalPosition?
    var open = OpenIntents()
    /// Segments wholly in the store.
    var finished: Set<Int64> = []
    var hasResolvedLost = false

    /// Starts at the oldest segment.
    package init() {}
}
