import Dialogue
import Files
import Glibc
import Journal
import Ledger
import Storage
import Testing

/// The way from the journal to the store, cut at any moment.
struct CrashTests {
    private static let rounds = 6

    @Test func `every exchange is in the ledger once, however often the gateway is killed`() async throws {
        let folder = Crash.folder()
        defer { Crash.remove(folder) }
        for _ in 0..<Self.rounds {
            // The child appends, drains at the same time, and is killed while it does both.
            await Crash.appendsDrainsAndIsKilled()
        }
        let journal = try Journal.open(folder: folder)
        let store = try SQLiteLedger.open("\(folder)/ledger.sqlite")
        let drain = LedgerDrain(journal, into: store) { _ in }
        var progress = DrainProgress()
        try await drain.catchUp(&progress, upTo: journal.appendedPosition)
        let total = try #require(try await store.spend(by: .total, in: .always).first)
        let whole = Crash.perRound * Self.rounds
        // In each round one exchange had begun and did not end: it is there with what it was expected to cost.
        #expect(total.exchanges == whole + Self.rounds)
        #expect(total.estimatedCost == Nanodollars(Int64(Self.rounds) * 77))
        #expect(total.cost == Nanodollars(Int64(whole) * 100 + Int64(Self.rounds) * 77))
        #expect(try journal.folder.segments() == [journal.firstSegment])
    }
}

enum Crash {
    static let perRound = 400

    static func folder(of parent: pid_t = getpid()) -> String { "/tmp/farthing-test-crash-\(parent)" }

    static func remove(_ path: String) {
        for name in (try? Folder(path).names()) ?? [] { remove("\(path)/\(name)") }
        _ = Glibc.remove(path)
    }

    static func appendsDrainsAndIsKilled() async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let folder = Crash.folder(of: getppid())
            let journal = try Journal.open(
                folder: folder, settings: JournalSettings(segmentBytes: 50_000, syncInterval: 1))
            let store = try SQLiteLedger.open("\(folder)/ledger.sqlite")
            let drain = LedgerDrain(journal, into: store) { _ in }
            let task = Task { await drain.run() }
            for number in 0..<Crash.perRound {
                var exchange = ExchangeRecord.sample(number)
                exchange.id = ExchangeID("\(getpid())-\(number)")
                exchange.attempts = [exchange.attempts[1]]
                exchange.attempts[0].cost = Nanodollars(100)
                try journal.append(Crash.intent(exchange.id))
                try journal.append(exchange)
                if number % 50 == 0 { try await journal.synced() }
            }
            try journal.append(Crash.intent(ExchangeID("\(getpid())-open")))
            kill(getpid(), SIGKILL)
            await task.value
        }
    }

    static func intent(_ exchange: ExchangeID) -> AttemptIntent {
        AttemptIntent(
            exchange: exchange, time: 1_700_000_000_000_000, caller: .anonymous, route: nil, requested: "auto",
            taskClass: .code, format: "openai", streamed: false, number: 0, model: ModelName("small"),
            provider: ProviderName("p"), estimatedUsage: TokenUsage(input: 10, output: 20),
            estimatedCost: Nanodollars(77), baselineModel: nil, baselineCost: nil)
    }
}
