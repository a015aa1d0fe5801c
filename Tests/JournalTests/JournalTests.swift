import Files
import Glibc
import JSON
import Journal
import Ledger
import Testing

struct JournalTests {
    /// Every exchange that a fresh drain of the folder finds.
    private func contents(_ folder: String) throws -> (entries: [JournalEntry], damaged: Int, torn: Int) {
        let journal = JournalFolder(data: folder)
        var found: (entries: [JournalEntry], damaged: Int, torn: Int) = ([], 0, 0)
        for segment in try journal.segments() {
            var position = JournalPosition(segment: segment, offset: 0)
            while true {
                let batch = try journal.read(from: position, with: JSONParser())
                found.entries += batch.entries
                found.damaged += batch.damaged
                found.torn += batch.tornBytes
                position = batch.next
                if batch.isAtEnd { break }
            }
        }
        return found
    }

    @Test func `keeps intents and exchanges in order over many segments`() async throws {
        try await withFolder { folder in
            let journal = try Journal.open(
                folder: folder, settings: JournalSettings(segmentBytes: 4000, reserveBytes: 4000))
            var expected: [JournalEntry] = []
            for number in 0..<100 {
                try journal.append(AttemptIntent.sample(number))
                try journal.append(ExchangeRecord.sample(number))
                expected += [.intent(.sample(number)), .exchange(.sample(number))]
            }
            try await journal.synced()
            #expect(journal.syncedPosition == journal.appendedPosition)
            #expect(try journal.folder.segments().count > 10)
            #expect(try contents(folder).entries == expected)
            #expect(journal.failure == nil)
        }
    }

    @Test func `a second opener is told who has the folder`() async throws {
        try await withFolder { folder in
            let journal = try Journal.open(folder: folder)
            #expect(throws: JournalError.inUse(folder: folder, process: Int(getpid()))) {
                try Journal.open(folder: folder)
            }
            _ = journal.failure
        }
    }

    @Test func `leaves out a tail torn at any byte and keeps the rest`() async throws {
        try await withFolder { folder in
            do {
                let journal = try Journal.open(folder: folder)
                for number in 0..<3 { try journal.append(ExchangeRecord.sample(number)) }
            }
            let journal = JournalFolder(data: folder)
            let segment = try #require(try journal.segments().first)
            let path = "\(folder)/journal/\(segment).jsonl"
            let line = JournalLineTests.line(.exchange(.sample(2))).count
            let whole = try InputFile(path).size()
            for cut in 1...line {
                truncate(path, whole - cut)
                let found = try contents(folder)
                #expect(found.entries.count == 2)
                #expect(found.torn == line - cut)
            }
        }
    }

    @Test func `refuses records of a later release by name`() async throws {
        try await withFolder { folder in
            do { _ = try Journal.open(folder: folder) }
            let path = "\(folder)/journal/0000000000000007.jsonl"
            let file = try AppendFile(creating: path)
            try file.append((Array(#"{"v":2,"crc":"00000000","new":{}}"#.utf8) + [10]).span, at: 0)
            #expect(throws: JournalError.laterVersion(segment: path, version: 2)) { try Journal.open(folder: folder) }
        }
    }

    @Test func `what was appended outlives kill -9`() async throws {
        try await withFolder(at: Children.folder("killed")) { folder in
            await Children.appendsAndIsKilled()
            #expect(try contents(folder).entries == (0..<500).map { .exchange(.sample($0)) })
            _ = try Journal.open(folder: folder)
        }
    }

    @Test func `a full disk refuses the record, keeps nothing torn, and is left behind when there is room again`()
        async throws
    {
        try await withFolder(at: Children.folder("full")) { folder in
            await Children.meetsAFullDisk()
            let found = try contents(folder)
            #expect(found.entries == [.exchange(.sample(0)), .exchange(.sample(2))])
            #expect(found.torn == 0 && found.damaged == 0)
        }
    }

    @Test func `a device without room is an error`() throws {
        let file = try AppendFile(opening: "/dev/full")
        #expect(throws: SystemError("write to", path: "/dev/full", code: ENOSPC)) { try file.append([1].span, at: 0) }
    }

    @Test func `many threads append at once`() async throws {
        try await withFolder { folder in
            let journal = try Journal.open(folder: folder, settings: JournalSettings(segmentBytes: 30_000))
            await withTaskGroup { group in
                for task in 0..<8 {
                    group.addTask {
                        for number in 0..<200 { try? journal.append(ExchangeRecord.sample(task * 1000 + number)) }
                        try? await journal.synced()
                    }
                }
            }
            let found = try contents(folder)
            #expect(Set(found.entries).count == 1600)
            #expect(found.damaged == 0)
        }
    }
}
