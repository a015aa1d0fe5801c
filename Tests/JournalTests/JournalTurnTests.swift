import EventLoops
import JSON
import Journal
import Ledger
import Synchronization
import Testing

struct JournalTurnTests {
    /// The records of the only segment.
    private func entries(_ folder: String, _ journal: Journal) throws -> [JournalEntry] {
        let start = JournalPosition(segment: journal.firstSegment, offset: 0)
        return try JournalFolder(data: folder).read(from: start, with: JSONParser()).entries
    }

    @Test func `what is noted in one turn is written at its end, in order, before anyone goes on`() async throws {
        try await withFolder { folder in
            let journal = try Journal.open(folder: folder)
            let loop = try EventLoop()
            let before = journal.appendedPosition
            let tasks = await loop.run {
                let turn = JournalTurn(journal, on: loop)
                return (0..<5).map { number in
                    loop.spawn {
                        // Everyone begins before the turn ends, and so sees nothing of the others.
                        #expect(journal.appendedPosition == before)
                        do {
                            try await turn.append(AttemptIntent.sample(number))
                            #expect(try entries(folder, journal).count >= 5)
                            try await turn.append(ExchangeRecord.sample(number))
                        } catch {
                            Issue.record(error)
                        }
                    }
                }
            }
            for task in tasks { await task.value }
            let expected = (0..<5).map { JournalEntry.intent(.sample($0)) }
            let ended = (0..<5).map { JournalEntry.exchange(.sample($0)) }
            #expect(try entries(folder, journal) == expected + ended)
            await loop.stop()
        }
    }

    @Test func `a crowd does not wait for the end of the turn`() async throws {
        try await withFolder { folder in
            let journal = try Journal.open(folder: folder)
            let loop = try EventLoop()
            let tasks = await loop.run {
                let turn = JournalTurn(journal, on: loop)
                return (0..<40).map { number in
                    loop.spawn {
                        do {
                            try await turn.append(AttemptIntent.sample(number))
                        } catch {
                            Issue.record(error)
                        }
                    }
                }
            }
            for task in tasks { await task.value }
            #expect(try entries(folder, journal) == (0..<40).map { .intent(.sample($0)) })
            await loop.stop()
        }
    }

    @Test func `each is told of its own failure`() async throws {
        try await withFolder { folder in
            let journal = try Journal.open(folder: folder)
            let loop = try EventLoop()
            let kept = Mutex<[Int]>([])
            let tasks = await loop.run {
                let turn = JournalTurn(journal, on: loop)
                var long = ExchangeRecord.sample(1)
                long.requested = String(repeating: "x", count: JournalLine.limit)
                return [ExchangeRecord.sample(0), long, .sample(2)].enumerated().map { place, record in
                    loop.spawn {
                        do {
                            try await turn.append(record)
                            kept.withLock { $0.append(place) }
                        } catch {}
                    }
                }
            }
            for task in tasks { await task.value }
            #expect(kept.withLock { $0 } == [0, 2])
            #expect(try entries(folder, journal) == [.exchange(.sample(0)), .exchange(.sample(2))])
            await loop.stop()
        }
    }
}
