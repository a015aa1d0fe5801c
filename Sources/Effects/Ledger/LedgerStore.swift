package import Dialogue

/// Where exchanges are kept for good.
///
/// A store keeps what it is given and decides nothing: identifiers, times and costs are made by the caller.
package protocol LedgerStore: Sendable {
    /// Keeps exchanges, outcomes and pairs and notes how far the journal has been read, all or nothing.
    ///
    /// What has an id that is known already is left as it is.
    func insert(
        _ exchanges: [ExchangeRecord], outcomes: [OutcomeRecord], pairs: [PairRecord], upTo position: JournalPosition
    ) async throws(LedgerError)

    /// The next outcomes in the order in which they were kept, each with its number, which is greater than `number` and
    /// rises; at most so many.
    func outcomes(after number: Int64, limit: Int) async throws(LedgerError) -> [(number: Int64, OutcomeRecord)]

    /// The next pairs, as with outcomes.
    func pairs(after number: Int64, limit: Int) async throws(LedgerError) -> [(number: Int64, PairRecord)]

    /// How far the journal had been read at the last insertion; nil before the first.
    func position() async throws(LedgerError) -> JournalPosition?

    /// Makes all that was inserted before survive a loss of power.
    ///
    /// - Returns: whether it does now; false where it is to be asked again later.
    func persist() async throws(LedgerError) -> Bool

    /// One exchange with its attempts in order, or nil if there is none with this id.
    func exchange(_ id: ExchangeID) async throws(LedgerError) -> ExchangeRecord?

    /// The exchanges that arrived in a period and that a person should look at, the latest first; at most so many.
    func reviews(in period: Period, limit: Int) async throws(LedgerError) -> [ExchangeRecord]

    /// What became of the answers of the exchanges that arrived in a period.
    func cascade(in period: Period) async throws(LedgerError) -> CascadeSums

    /// Spend of the exchanges that arrived in a period, grouped, in no order; removed ones count by whole days.
    func spend(by grouping: SpendGrouping, in period: Period) async throws(LedgerError) -> [SpendRow]

    /// How long answers were that the last so many exchanges got, in no order.
    func outputs(ofLast limit: Int) async throws(LedgerError) -> [OutputSum]

    /// Removes the oldest exchanges that arrived before a moment, at most so many, and keeps what they cost as sums; outcomes
    /// and pairs stay.
    ///
    /// - Returns: how many were removed.
    func remove(before time: Int64, limit: Int) async throws(LedgerError) -> Int

    /// How many exchanges of the days of a period were removed.
    func removed(in period: Period) async throws(LedgerError) -> Int
}

extension LedgerStore {
    /// Keeps exchanges and outcomes without pairs.
    package func insert(
        _ exchanges: [ExchangeRecord], outcomes: [OutcomeRecord] = [], upTo position: JournalPosition
    ) async throws(LedgerError) {
        try await insert(exchanges, outcomes: outcomes, pairs: [], upTo: position)
    }
}

/// A place in the journal: everything before it has been seen.
package struct JournalPosition: Hashable, Comparable, Sendable {
    /// The segment's number; later segments have greater ones.
    package var segment: Int64
    /// Bytes from the segment's start.
    package var offset: Int

    package init(segment: Int64, offset: Int) {
        self.segment = segment
        self.offset = offset
    }

    package static func < (left: JournalPosition, right: JournalPosition) -> Bool {
        (left.segment, left.offset) < (right.segment, right.offset)
    }
}

/// A stretch of time in microseconds since 1970: from `since` on, up to but without `until`.
package struct Period: Hashable, Sendable {
    package var since: Int64
    package var until: Int64

    package init(since: Int64 = .min, until: Int64 = .max) {
        self.since = since
        self.until = until
    }

    package static let always = Period()

    package func contains(_ time: Int64) -> Bool { since <= time && time < until }

    /// The numbers of the days that begin in it.
    package var days: Range<Int64> {
        let first = Self.firstDay(from: since)
        return first..<max(first, Self.firstDay(from: until))
    }

    private static func firstDay(from time: Int64) -> Int64 {
        let (quotient, remainder) = time.quotientAndRemainder(dividingBy: CalendarDay.microseconds)
        return remainder > 0 ? quotient + 1 : quotient
    }
}

/// Why a store could not do what it was asked; never with a value that was to be kept.
package enum LedgerError: Error, Hashable, CustomStringConvertible {
    /// The store cannot be reached or written now; trying again later may help.
    case unavailable(String)
    /// A sum does not fit 64 bits.
    case overflow

    package var description: String {
        switch self {
        case .unavailable(let reason): "the ledger's store is not available: \(reason)"
        case .overflow: "a sum of the ledger exceeds nine billion dollars: ask for a shorter period"
        }
    }
}
