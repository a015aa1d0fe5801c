internal import Dialogue
package import Ledger
internal import SQLite

extension SQLiteLedger {
    /// What became of a verdict that was handed in.
    package enum Resolution: Hashable, Sendable {
        case kept
        /// The store has no such exchange.
        case unknown
        /// Nobody was asked about it.
        case notListed
        /// Somebody has said already what.
        case known(ReviewVerdict)
    }

    /// Keeps a reviewer's verdict on an exchange that is listed for review, with what follows from it, all or nothing; works beside a
    /// running gateway, which reads it within a second.
    package func resolve(_ verdict: ReviewVerdict) async throws(LedgerError) -> Resolution {
        try await use { connection throws(SQLiteError) in
            try connection.transaction { connection throws(SQLiteError) in
                guard let exchange = try connection.exchange(verdict.exchange) else { return .unknown }
                if let known = try connection.verdict(on: exchange.id) { return .known(known) }
                guard try connection.isListed(exchange) else { return .notListed }
                try connection.insert(verdict, on: exchange)
                return .kept
            }
        }
    }
}

extension SQLiteConnection {
    /// Whether a person should look at an exchange's answer, or at what it was compared with.
    fileprivate mutating func isListed(_ exchange: ExchangeRecord) throws(SQLiteError) -> Bool {
        if exchange.review != nil { return true }
        return try pair(OutcomeRecord.id(.shadow, of: exchange.id))?.verdict == .undecided
    }
}
