import Dialogue
import Glibc
import Ledger
import SQLite
import Storage
import Testing

/// What every store must do, tried on each of them.
struct LedgerStoreTests {
    enum Engine: CaseIterable { case memory, sqlite }

    private func with(_ engine: Engine, _ body: (any LedgerStore) async throws -> Void) async throws {
        switch engine {
        case .memory: try await body(MemoryLedger())
        case .sqlite: try await withDatabasePath { try await body(SQLiteLedger.open($0)) }
        }
    }

    private let start = JournalPosition(segment: 1, offset: 0)

    @Test(arguments: Engine.allCases)
    func `an exchange reads back as it was kept`(engine: Engine) async throws {
        try await with(engine) { store in
            for exchange in [ExchangeRecord.sample(1), .bare(2)] {
                try await store.insert([exchange], upTo: start)
                #expect(try await store.exchange(exchange.id) == exchange)
            }
            #expect(try await store.exchange(ExchangeID("none")) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func `an exchange kept twice counts once and stays as it was`(engine: Engine) async throws {
        try await with(engine) { store in
            var changed = ExchangeRecord.sample(1)
            changed.status = 499
            changed.attempts = []
            try await store.insert([.sample(1), .sample(2)], upTo: start)
            try await store.insert([changed, .sample(2), .sample(3)], upTo: start)
            #expect(try await store.exchange(changed.id) == .sample(1))
            let total = try #require(try await store.spend(by: .total, in: .always).first)
            #expect(total.exchanges == 3)
            #expect(total.cost == Nanodollars(1000))
        }
    }

    @Test(arguments: Engine.allCases)
    func `the length of answers is known by model and task, of the last ones, where a provider said it`(
        engine: Engine
    ) async throws {
        try await with(engine) { store in
            #expect(try await store.outputs(ofLast: 10).isEmpty)
            var long = ExchangeRecord.sample(4)
            long.attempts[1].usage.output = 30
            var counted = ExchangeRecord.sample(8)
            counted.attempts[1].usage.isEstimated = true
            try await store.insert([.sample(1), .sample(2), .sample(3), long, counted, .bare(9)], upTo: start)
            let all = Set(try await store.outputs(ofLast: 10))
            #expect(
                all == [
                    OutputSum(model: ModelName("medium"), taskClass: .code, answers: 1, meanTokens: 5),
                    OutputSum(model: ModelName("medium"), taskClass: .maths, answers: 2, meanTokens: 17.5),
                    OutputSum(model: ModelName("small"), taskClass: .code, answers: 1, meanTokens: 5),
                ])
            #expect(try await store.outputs(ofLast: 3).map(\.meanTokens) == [30])
        }
    }

    @Test(arguments: Engine.allCases)
    func `what became of answers adds up`(engine: Engine) async throws {
        try await with(engine) { store in
            var escalated = ExchangeRecord.sample(2)
            escalated.attempts[0].outcome = .completed
            var inVain = escalated
            inVain.id = ExchangeID("vain")
            inVain.deliveredAttempt = 0
            try await store.insert([.sample(4), escalated, inVain, .bare(8)], upTo: start)
            let sums = try await store.cascade(in: .always)
            #expect((sums.exchanges, sums.escalated, sums.inVain) == (3, 2, 1))
            #expect(sums.cost == Nanodollars(104 + 333 + 333))
            #expect(sums.draftCost == Nanodollars(2 + 331))
            let tiny = try #require(sums.models["tiny"]), medium = try #require(sums.models["medium"])
            #expect((tiny.answers, tiny.delivered, tiny.cost.count, tiny.draftCost.count) == (2, 1, 4, 2))
            #expect((medium.answers, medium.delivered, medium.cost.count, medium.draftCost.count) == (3, 2, 762, 331))
            let steps = try #require(sums.checks["maths.steps"])
            #expect((sums.checks.count, steps.against, steps.againstDrafts) == (1, 3, 1))
            #expect(try await store.cascade(in: Period(since: 0, until: 1)) == CascadeSums())
        }
    }

    @Test(arguments: Engine.allCases)
    func `what reviewers, comparisons and callers say of answers is counted with them`(engine: Engine) async throws {
        try await with(engine) { store in
            var exchanges: [ExchangeRecord] = []
            for number in [2, 4, 6, 8] {
                var exchange = ExchangeRecord.sample(number)
                exchange.attempts[0].outcome = .completed
                exchange.attempts[0].likeness = .different
                exchange.prompt = PromptSketch(features: [1], group: 7)
                exchanges.append(exchange)
            }
            var pair = PairRecord.sample(2)
            pair.id = "shadow/x6"
            pair.exchange = ExchangeID("x6")
            pair.verdict = .harm
            let outcomes =
                exchanges[0].outcomes(.feedback, score: 0, at: 1) + exchanges[0].outcomes(.review, score: 1, at: 2)
                + exchanges[1].outcomes(.feedback, score: 1, at: 3)
            try await store.insert(exchanges, outcomes: outcomes, pairs: [pair], upTo: start)
            let sums = try await store.cascade(in: .always)
            #expect((sums.escalated, sums.errorsCaught, sums.falseEscalations, sums.notMended) == (4, 2, 0, 1))
            #expect(sums.judged == [.review: 1, .feedback: 1, .shadow: 1])
            #expect(try await store.exchange(exchanges[0].id)?.attempts[0].likeness == .different)
        }
    }

    @Test(arguments: Engine.allCases)
    func `what a person should look at is listed, the latest first`(engine: Engine) async throws {
        try await with(engine) { store in
            var marked = (1...3).map(ExchangeRecord.sample)
            for index in marked.indices {
                marked[index].arrival = Int64(index)
                marked[index].review = ReviewMark(isHeld: index == 1, reasons: ["doubtful", "checks disagree"])
            }
            try await store.insert(marked + [.bare(9)], upTo: start)
            #expect(try await store.reviews(in: .always, limit: 9) == marked.reversed())
            #expect(try await store.reviews(in: Period(since: 1, until: 2), limit: 9) == [marked[1]])
            #expect(try await store.reviews(in: .always, limit: 1) == [marked[2]])
        }
    }

    @Test(arguments: Engine.allCases)
    func `a bad beginning that was cut off counts as an answer`(engine: Engine) async throws {
        try await with(engine) { store in
            var exchange = ExchangeRecord.sample(2)
            exchange.attempts[0].outcome = .cancelled
            exchange.attempts[0].verdict = VerdictRecord(probability: 0.2)
            try await store.insert([exchange], upTo: start)
            let sums = try await store.cascade(in: .always)
            #expect((sums.escalated, sums.draftCost) == (1, exchange.attempts[0].cost))
            #expect((exchange.isEscalated, exchange.draftCost) == (true, exchange.attempts[0].cost))
        }
    }

    @Test(arguments: Engine.allCases)
    func `what is removed stays in every sum, and nothing else of it`(engine: Engine) async throws {
        try await with(engine) { store in
            let day: Int64 = 86_400_000_000
            var exchanges = (1...9).map(ExchangeRecord.sample) + [.bare(10)]
            for index in exchanges.indices {
                exchanges[index].arrival = day * 100 + Int64(index / 3) * day + Int64(index)
            }
            exchanges[4].shadowed = exchanges[3].id
            exchanges[0].prompt = PromptSketch(features: [1], group: 1, propensity: 1, predicted: nil)
            try await store.insert(exchanges, outcomes: [.sample(1)], pairs: [.sample(1)], upTo: start)
            let periods = [
                Period.always, Period(since: day * 101), Period(until: day * 102),
                Period(since: day * 101, until: day * 102),
            ]
            func sums() async throws -> [Set<SpendRow>] {
                var found: [Set<SpendRow>] = []
                for period in periods {
                    for grouping in SpendGrouping.allCases {
                        found.append(Set(try await store.spend(by: grouping, in: period)))
                    }
                }
                return found
            }
            let before = try await sums()
            var removed: [Int] = []
            for _ in 0..<3 { removed.append(try await store.remove(before: day * 102, limit: 4)) }
            #expect(removed == [4, 2, 0])
            #expect(try await sums() == before)
            for (index, exchange) in exchanges.enumerated() {
                #expect(try await store.exchange(exchange.id) == (index < 6 ? nil : exchange))
            }
            #expect(try await store.removed(in: .always) == 5)
            #expect(try await store.removed(in: Period(since: day * 101)) == 2)
            #expect(try await store.cascade(in: .always).exchanges == 3)
            #expect(try await store.outcomes(after: 0, limit: 9).count == 1)
            #expect(try await store.pairs(after: 0, limit: 9).count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func `outcomes are kept once, in their order, and read in parts`(engine: Engine) async throws {
        try await with(engine) { store in
            let outcomes = (1...5).map(OutcomeRecord.sample)
            try await store.insert([], outcomes: Array(outcomes.prefix(3)), upTo: start)
            var changed = outcomes[1]
            changed.score = 1
            try await store.insert([], outcomes: [changed] + outcomes.suffix(3), upTo: start)
            let first = try await store.outcomes(after: 0, limit: 2)
            #expect(first.map(\.1) == Array(outcomes.prefix(2)))
            let rest = try await store.outcomes(after: try #require(first.last).number, limit: 100)
            #expect(rest.map(\.1) == Array(outcomes.suffix(3)))
            #expect(try await store.outcomes(after: try #require(rest.last).number, limit: 1).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func `what is kept of a prompt and of answers reads back with their exchange`(engine: Engine) async throws {
        try await with(engine) { store in
            for number in 1...4 {
                var exchange = ExchangeRecord.sample(number)
                exchange.prompt = PromptSketch(features: [0, 128, 255], group: .max, propensity: 0.25, predicted: nil)
                exchange.attempts[0].sketch = number > 2 ? [UInt8(number)] : nil
                try await store.insert([exchange], upTo: start)
                #expect(try await store.exchange(exchange.id) == exchange)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `pairs are kept once, in their order, and read in parts`(engine: Engine) async throws {
        try await with(engine) { store in
            let pairs = (1...5).map(PairRecord.sample)
            try await store.insert([], outcomes: [], pairs: Array(pairs.prefix(3)), upTo: start)
            var changed = pairs[1]
            changed.verdict = .harm
            try await store.insert([], outcomes: [], pairs: [changed] + pairs.suffix(2), upTo: start)
            let first = try await store.pairs(after: 0, limit: 2)
            let rest = try await store.pairs(after: try #require(first.last).number, limit: 9)
            #expect((first + rest).map(\.1) == pairs)
        }
    }

    @Test(arguments: Engine.allCases)
    func `answers that were only compared are paid for and on nobody's bill`(engine: Engine) async throws {
        try await with(engine) { store in
            var shadow = ExchangeRecord.sample(2)
            shadow.id = ExchangeID("shadow")
            shadow.shadowed = ExchangeID("x4")
            try await store.insert([.sample(4), shadow], upTo: start)
            #expect(try await store.exchange(shadow.id) == shadow)
            let total = try #require(try await store.spend(by: .total, in: .always).first)
            let own = ExchangeRecord.sample(4)
            #expect((total.exchanges, total.attempts) == (1, 4))
            #expect(total.cost == own.cost + shadow.cost)
            #expect(total.shadowCost == shadow.cost)
            #expect(total.comparedCost == own.cost)
            #expect(total.baselineCost == own.baselineCost)
            #expect(try await store.cascade(in: .always).exchanges == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func `remembers how far the journal was read`(engine: Engine) async throws {
        try await with(engine) { store in
            #expect(try await store.position() == nil)
            for position in [start, JournalPosition(segment: 7, offset: 1234)] {
                try await store.insert([], upTo: position)
                #expect(try await store.position() == position)
            }
            #expect(try await store.persist())
        }
    }

    @Test(arguments: Engine.allCases, SpendGrouping.allCases)
    func `groups add up to what the exchanges say`(engine: Engine, grouping: SpendGrouping) async throws {
        try await with(engine) { store in
            var exchanges = (0..<60).map { $0 % 7 == 0 ? ExchangeRecord.bare($0) : .sample($0) }
            for number in stride(from: 2, to: 60, by: 5) { exchanges[number].shadowed = ExchangeID("x0") }
            try await store.insert(exchanges, upTo: start)
            let period = Period(since: ExchangeRecord.sample(5).arrival, until: ExchangeRecord.sample(50).arrival)
            var expected = SpendSums()
            for exchange in exchanges[5..<50] { try expected.add(exchange.spend(by: grouping)) }
            #expect(Set(try await store.spend(by: grouping, in: period)) == Set(expected.rows))
            #expect(try await store.spend(by: grouping, in: Period(since: 0, until: 1)).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func `a sum over 64 bits is refused, not wrapped`(engine: Engine) async throws {
        try await with(engine) { store in
            var exchanges = [ExchangeRecord.sample(1), .sample(2)]
            for index in exchanges.indices { exchanges[index].attempts[1].cost = Nanodollars(.max - 10) }
            try await store.insert(exchanges, upTo: start)
            await #expect(throws: LedgerError.overflow) { try await store.spend(by: .route, in: .always) }
        }
    }
}

extension OutcomeRecord {
    static func sample(_ number: Int) -> OutcomeRecord {
        OutcomeRecord(
            id: "o\(number)", time: Int64(number), source: number % 2 == 0 ? .feedback : .reference,
            model: ModelName("m\(number % 2)"), score: Double(number) / 5,
            exchange: number % 2 == 0 ? ExchangeID("x\(number)") : nil, taskClass: .code,
            prompt: PromptSketch(
                features: [UInt8(number)], group: UInt64(number) << 60, propensity: 1,
                predicted: number == 2 ? 0.5 : nil), answer: number == 3 ? nil : [1, UInt8(number), 255])
    }
}

extension PairRecord {
    static func sample(_ number: Int) -> PairRecord {
        PairRecord(
            id: "p\(number)", time: Int64(number), exchange: ExchangeID("x\(number)"), route: RouteName("auto"),
            group: UInt64(number) << 60, certifies: number % 2 == 0, propensity: 0.5, policy: "v\(number % 2)",
            bound: 0.02,
            model: ModelName("small"), baseline: ModelName("large"), verdict: PairRecord.Verdict.allCases[number % 4],
            probability: 0.25, baselineProbability: 0.75, path: number == 3 ? [] : [.agree, .undecided],
            isOwn: number == 4 ? nil : number == 3 ? [] : [false, true])
    }
}

extension ExchangeRecord {
    /// An exchange with a failed call and an answer.
    static func sample(_ number: Int) -> ExchangeRecord {
        let small = ModelName(number % 3 == 0 ? "small" : "medium")
        return ExchangeRecord(
            id: ExchangeID("x\(number)"), arrival: 1_700_000_000_000_000 + Int64(number) * 7_200_000_000, duration: 12,
            overhead: 8, caller: CallerName("key\(number % 4)"), route: RouteName("auto"), requested: "auto",
            taskClass: number % 2 == 0 ? .maths : .code, format: "openai", streamed: true, status: 200,
            deliveredModel: small, deliveredProvider: ProviderName("p"), baselineModel: ModelName("large"),
            baselineCost: Nanodollars(5000),
            attempts: [
                AttemptRecord(
                    number: 0, model: ModelName("tiny"), provider: ProviderName("p"), outcome: .failed, status: 500,
                    usage: TokenUsage(input: 5, isEstimated: true), cost: Nanodollars(Int64(number)), duration: 3,
                    firstByte: nil),
                AttemptRecord(
                    number: 1, model: small, provider: ProviderName("p"), outcome: .completed, status: 200,
                    usage: TokenUsage(
                        input: 1, cacheRead: 2, cacheWrite: 3, cacheWriteLong: 4, output: 5, reasoning: 1),
                    cost: Nanodollars(number < 4 ? 333 + Int64(number == 3 ? 1 : 0) - Int64(number) : 100), duration: 9,
                    firstByte: 4,
                    verdict: VerdictRecord(
                        probability: 0.25,
                        evidence: [CheckRecord(check: "maths.steps", verdict: "fails", strength: 0.5)]),
                    sketch: number % 2 == 0 ? [1, 0, 255] : nil),
            ], deliveredAttempt: number % 2 == 0 ? 1 : nil)
    }

    /// An exchange that called nobody.
    static func bare(_ number: Int) -> ExchangeRecord {
        var exchange = sample(number)
        exchange.route = nil
        exchange.status = 400
        exchange.deliveredModel = nil
        exchange.deliveredProvider = nil
        exchange.baselineModel = nil
        exchange.baselineCost = nil
        exchange.attempts = []
        exchange.deliveredAttempt = nil
        return exchange
    }
}

/// Gives `body` a path for a database in an empty folder, and removes the folder afterwards.
func withDatabasePath<R>(_ body: (String) async throws -> R) async throws -> R {
    var template = Array("/tmp/farthing-test-XXXXXX".utf8CString)
    #expect(mkdtemp(&template) != nil)
    let folder = String(decoding: template.dropLast().map { UInt8($0) }, as: UTF8.self)
    defer {
        for suffix in ["", "-wal", "-shm"] { _ = remove("\(folder)/ledger.sqlite\(suffix)") }
        _ = remove(folder)
    }
    return try await body("\(folder)/ledger.sqlite")
}
