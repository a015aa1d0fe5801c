package import EventLoops
package import Ledger

/// One event loop's way into the journal: what its exchanges note in one turn of the loop is written with one call.
///
/// Whoever notes something goes on when it is written, or is told that it was not; so nothing that depends on it has been
/// sent by then. Bound to the loop.
package final class JournalTurn: TurnEndHandler {
    private let journal: Journal
    private let loop: EventLoop
    private var lines = JournalLines()
    /// Who noted ``lines``, in their order.
    private var waiting: [Suspension] = []
    /// How many were noted before ``lines``.
    private var written = 0
    /// Why notes could not be kept, by their number, until those who noted them are told.
    private var failures: [Int: JournalError] = [:]

    /// So many notes wait for each other at the most: the first shall not wait for long.
    private static let mostNotes = 16

    package init(_ journal: Journal, on loop: EventLoop) {
        self.journal = journal
        self.loop = loop
    }

    /// Notes an upstream call before it begins.
    ///
    /// - Throws: if it cannot be kept; then the call must not be made.
    package func append(_ intent: AttemptIntent) async throws(JournalError) {
        try await append(.intent(intent), mayUseReserve: false)
    }

    /// Notes an exchange before the last bytes of its response leave, once.
    ///
    /// - Throws: if it cannot be kept; its cost then stands as the intents estimated it.
    package func append(_ exchange: ExchangeRecord) async throws(JournalError) {
        try await append(.exchange(exchange), mayUseReserve: true)
    }

    private func append(_ entry: JournalEntry, mayUseReserve: Bool) async throws(JournalError) {
        var number = 0
        await Suspension.suspend(while: { true }) { suspension in
            number = written + waiting.count
            lines.append(entry, mayUseReserve: mayUseReserve)
            waiting.append(suspension)
            if waiting.count == 1 { loop.callAtTurnEnd(self) }
            if waiting.count == Self.mostNotes { write() }
        }
        if !failures.isEmpty, let failure = failures.removeValue(forKey: number) { throw failure }
    }

    package func turnEnds() { write() }

    private func write() {
        let told = waiting
        for (place, failure) in journal.append(lines) { failures[written + place] = failure }
        written += told.count
        waiting.removeAll(keepingCapacity: true)
        lines.removeAll()
        for suspension in told { suspension.resume() }
    }
}
