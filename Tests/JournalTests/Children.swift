import Glibc
import Journal
import Ledger
import Testing

/// What is tried in a process of its own, because it kills the process or limits all of it.
enum Children {
    static func appendsAndIsKilled() async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let journal = try Journal.open(
                folder: Children.folder("killed", of: getppid()), settings: JournalSettings(segmentBytes: 20_000))
            for number in 0..<500 { try journal.append(ExchangeRecord.sample(number)) }
            kill(getpid(), SIGKILL)
        }
    }

    /// A limit on the size of files stands for the disk: the kernel takes a part of the write, then refuses.
    static func meetsAFullDisk() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            let journal = try Journal.open(folder: Children.folder("full", of: getppid()))
            try journal.append(ExchangeRecord.sample(0))
            let taken = journal.appendedPosition.offset
            Children.limitFiles(to: rlim_t(taken + 100))
            #expect(throws: JournalError.self) { try journal.append(AttemptIntent.sample(1)) }
            // Not a byte: a new segment, which the journal's thread may try at any time, finds no room either.
            Children.limitFiles(to: 0)
            #expect(throws: JournalError.self) { try journal.append(AttemptIntent.sample(1)) }
            #expect(journal.failure != nil)
            Children.limitFiles(to: rlim_t.max)
            try journal.append(ExchangeRecord.sample(2))
            try await journal.synced()
            while journal.failure != nil { try await Task.sleep(for: .milliseconds(10)) }
        }
    }

    /// A folder that parent and child both can name.
    static func folder(_ purpose: String, of parent: pid_t = getpid()) -> String {
        "/tmp/farthing-test-\(purpose)-\(parent)"
    }

    static func limitFiles(to bytes: rlim_t) {
        var limit = rlimit(rlim_cur: bytes, rlim_max: rlim_t.max)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    }
}
