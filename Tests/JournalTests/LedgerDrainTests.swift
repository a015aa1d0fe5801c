import Dialogue
import Journal
import Ledger
import Synchronization
import Testing

struct LedgerDrainTests {
    @Test func `intents of an earlier run become lost attempts, those with a record and those of this run do not`()
        async throws
    {
        try await withFolder { folder in
            do {
                let journal = try Journal.open(folder: folder)
                try journal.append(AttemptIntent.sample(1))
                try journal.append(ExchangeRecord.sample(1))
                try journal.append(AttemptIntent.sample(2, attempt: 0))
                try journal.append(AttemptIntent.sample(2, attempt: 1))
            }
            let journal = try Journal.open(folder: folder)
            try journal.append(AttemptIntent.sample(3))
            let store = MemoryLedger()
            var progress = DrainProgress()
            let drain = LedgerDrain(journal, into: store) { _ in }
            try await drain.catchUp(&progress, upTo: journal.appendedPosition)
            #expect(store.exchange(ExchangeID("x1")) == .sample(1))
            #expect(store.exchange(ExchangeID("x3")) == nil)
            let lost = try #require(store.exchange(ExchangeID("x2")))
            #expect(lost.status == 499)
            #expect(lost.attempts.map(\.outcome) == [.lost, .lost])
            #expect(lost.attempts.allSatisfy { $0.usage.isEstimated })
            #expect(lost.cost == Nanodollars(154))
            #expect(try journal.folder.segments() == [journal.firstSegment])
            try journal.append(ExchangeRecord.sample(3))
            try await drain.catchUp(&progress, upTo: journal.appendedPosition)
            #expect(store.exchange(ExchangeID("x3")) == .sample(3))
        }
    }

    @Test func `a segment stays while a call noted in it is under way`() async throws {
        try await withFolder { folder in
            let journal = try Journal.open(
                folder: folder, settings: JournalSettings(segmentBytes: 1000, reserveBytes: 4000))
            try journal.append(AttemptIntent.sample(0))
            for number in 1..<20 { try journal.append(ExchangeRecord.sample(number)) }
            let store = MemoryLedger()
            var progress = DrainProgress()
            let drain = LedgerDrain(journal, into: store) { _ in }
            try await drain.catchUp(&progress, upTo: journal.appendedPosition)
            #expect(try journal.folder.segments().first == journal.firstSegment)
            #expect(try journal.folder.segments().count == 2)
            try journal.append(ExchangeRecord.sample(0))
            try await drain.catchUp(&progress, upTo: journal.appendedPosition)
            #expect(try journal.folder.segments().first != journal.firstSegment)
            #expect(store.exchange(ExchangeID("x19")) == .sample(19))
        }
    }

    @Test func `a store that is down for a while loses nothing`() async throws {
        try await withFolder { folder in
            let journal = try Journal.open(folder: folder)
            for number in 0..<50 { try journal.append(ExchangeRecord.sample(number)) }
            let store = FailingLedger(failures: 3)
            let drain = LedgerDrain(journal, into: store) { _ in }
            let task = Task { await drain.run() }
            while store.inner.exchange(ExchangeID("x49")) == nil { try await Task.sleep(for: .milliseconds(5)) }
            try journal.append(ExchangeRecord.sample(50))
            task.cancel()
            await task.value
            let total = try store.inner.spend(by: .total, in: .always)
            #expect(total.first?.exchanges == 51)
        }
    }
}

/// A store that is down for its first insertions.
private final class FailingLedger: LedgerStore {
    let inner = MemoryLedger()
    private let failures: Mutex<Int>

    init(failures: Int) { self.failures = Mutex(failures) }

    func insert(
        _ exchanges: [ExchangeRecord], outcomes: [OutcomeRecord], pairs: [PairRecord], upTo position: JournalPosition
    ) async throws(LedgerError) {
        let isDown = failures.withLock { left in
            left -= 1
            return left >= 0
        }
        if isDown { throw .unavailable("down") }
        try inner.insert(exchanges, outcomes: outcomes, pairs: pairs, upTo: position)
    }

    func outcomes(after number: Int64, limit: Int) async throws(LedgerError) -> [(number: Int64, OutcomeRecord)] {
        try inner.outcomes(after: number, limit: limit)
    }

    func pairs(after number: Int64, limit: Int) async throws(LedgerError) -> [(number: Int64, PairRecord)] {
        try inner.pairs(after: number, limit: limit)
    }

    func position() async throws(LedgerError) -> JournalPosition? { inner.position() }
    func persist() async throws(LedgerError) -> Bool { inner.persist() }
    func exchange(_ id: ExchangeID) async throws(LedgerError) -> ExchangeRecord? { inner.exchange(id) }
    func cascade(in period: Period) -> CascadeSums { CascadeSums() }
    func reviews(in period: Period, limit: Int) -> [ExchangeRecord] { inner.reviews(in: period, limit: limit) }

    func spend(by grouping: SpendGrouping, in period: Period) async throws(LedgerError) -> [SpendRow] {
        try inner.spend(by: grouping, in: period)
    }

    func remove(before time: Int64, limit: Int) async throws(LedgerError) -> Int {
        try inner.remove(before: time, limit: limit)
    }

    func removed(in period: Period) -> Int { inner.removed(in: period) }

    func outputs(ofLast limit: Int) -> [OutputSum] { inner.outputs(ofLast: limit) }
}
