internal import Arguments
internal import Dialogue
internal import Files
internal import Journal
internal import Ledger
internal import Storage

/// The ledger of a data folder as it is now: the store and what is only in the journal yet.
struct LedgerReading {
    private let store: SQLiteLedger?
    private let tail: [ExchangeRecord]
    /// What the journal alone has of evidence about answers.
    private let tailEvidence: [ExchangeID: DeliveryEvidence]
    /// What calls cost by estimate that are under way, or were when the gateway crashed.
    let open: [ExchangeRecord]

    /// Reads beside a running gateway and changes nothing.
    ///
    /// The journal is read before the store is asked, so that what is drained in between is found in both, not in none; from then
    /// on the store holds still, so that what was found in it once is not counted from the journal too.
    static func open(data folder: String) async throws(CommandFailure) -> LedgerReading {
        let names: [String]
        do throws(SystemError) {
            names = try Folder(folder).names()
        } catch {
            throw .failed("\(error): name the folder that 'farthing serve' writes with --data")
        }
        guard names.contains("journal") || names.contains("ledger.sqlite") else {
            throw .failed("there is no ledger in \(folder): name the folder that 'farthing serve' writes with --data")
        }
        do {
            let store = try SQLiteLedger.openForReading("\(folder)/ledger.sqlite")
            let tail = try JournalTail(data: folder, after: try await store?.position())
            try await store?.holdStill()
            var fresh: [ExchangeRecord] = []
            var open: [ExchangeRecord] = []
            for exchange in tail.exchanges.values where try await store?.exchange(exchange.id) == nil {
                fresh.append(exchange)
            }
            for exchange in tail.open.lost() where try await store?.exchange(exchange.id) == nil {
                open.append(exchange)
            }
            return LedgerReading(
                store: store, tail: fresh,
                tailEvidence: DeliveryEvidence.byExchange(outcomes: tail.outcomes, pairs: tail.pairs), open: open)
        } catch {
            throw .failed("\(error)")
        }
    }

    func exchange(_ id: ExchangeID) async throws(CommandFailure) -> ExchangeRecord? {
        if let found = tail.first(where: { $0.id == id }) { return found }
        do throws(LedgerError) {
            return try await store?.exchange(id) ?? open.first { $0.id == id }
        } catch {
            throw .failed("\(error)")
        }
    }

    /// Whether exchanges were removed, so that one may be looked for in vain.
    var hasRemoved: Bool {
        get async throws(CommandFailure) {
            do throws(LedgerError) {
                return try await store?.removed(in: .always) ?? 0 > 0
            } catch {
                throw .failed("\(error)")
            }
        }
    }

    func report(by grouping: SpendGrouping, in period: Period) async throws(CommandFailure) -> SpendReport {
        let total = try await rows(by: .total, in: period).first ?? SpendRow(name: "")
        return SpendReport(by: grouping, rows: try await rows(by: grouping, in: period), total: total)
    }

    /// Spend of a day by route, with what calls cost by estimate that a crash cut short.
    func spend(on day: CalendarDay) async throws(CommandFailure) -> [SpendRow] {
        let period = Period(since: day.start, until: day.start + 86_400_000_000)
        return try await rows(by: .route, in: period)
            + open.filter { period.contains($0.arrival) }.flatMap { $0.spend(by: .route) }
    }

    /// The exchanges that a person should look at, the latest first.
    func reviews(in period: Period, limit: Int) async throws(CommandFailure) -> [ExchangeRecord] {
        let fresh = tail.filter { $0.review != nil && period.contains($0.arrival) }
        do throws(LedgerError) {
            let kept = try await store?.reviews(in: period, limit: limit) ?? []
            return Array((fresh + kept).sorted { $0.arrival > $1.arrival }.prefix(limit))
        } catch {
            throw .failed("\(error)")
        }
    }

    /// What became of answers; what the journal alone says of an exchange that the store has already is not counted yet.
    func cascade(in period: Period) async throws(CommandFailure) -> CascadeReport {
        do throws(LedgerError) {
            var sums = try await store?.cascade(in: period) ?? CascadeSums()
            for exchange in tail where period.contains(exchange.arrival) && exchange.shadowed == nil {
                try sums.add(
                    exchange.attempts, delivered: exchange.deliveredAttempt,
                    evidence: tailEvidence[exchange.id] ?? DeliveryEvidence())
            }
            return CascadeReport(sums, removed: try await store?.removed(in: period) ?? 0)
        } catch {
            throw .failed("\(error)")
        }
    }

    private func rows(by grouping: SpendGrouping, in period: Period) async throws(CommandFailure) -> [SpendRow] {
        do throws(LedgerError) {
            var sums = SpendSums()
            try sums.add(try await store?.spend(by: grouping, in: period) ?? [])
            for exchange in tail where period.contains(exchange.arrival) { try sums.add(exchange.spend(by: grouping)) }
            return sums.rows
        } catch {
            throw .failed("\(error)")
        }
    }
}
