package import EventLoops
package import Ledger

/// One event loop's way into the journal: what its exchanges note in one turn of the loop is written with one call.
///
/// Whoever notes something goes on when it is written, or is told that it was not; so nothing that depends on it has been
/// sent by then. Bound to the loop.
package final class JournalTurn: TurnEndHandler {
    /// A record that waits for the end of the turn.
    private final class Note {
        let record: JournalLog.Record
        let suspension: Suspension
        var failure: JournalError?

        init(_ record: JournalLog.Record, _ suspension: Suspension) {
            self.record = record
            self.suspension = suspension
        }
    }

    private let journal: Journal
    private let loop: EventLoop
    private var notes: [Note] = []

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
        try await append(JournalLog.Record(.intent(intent), mayUseReserve: false))
    }

    /// Notes an exchange before the last bytes of its response leave, once.
    ///
    /// - Throws: if it cannot be kept; its cost then stands as the intents estimated it.
    package func append(_ exchange: ExchangeRecord) async throws(JournalError) {
        try await append(JournalLog.Record(.exchange(exchange), mayUseReserve: true))
    }

    private func append(_ record: JournalLog.Record) async throws(JournalError) {
        var note: Note?
        await Suspension.suspend(while: { true }) { suspension in
            let waiting = Note(record, suspension)
            note = waiting
            notes.append(waiting)
            if notes.count == 1 { loop.callAtTurnEnd(self) }
            if notes.count == Self.mostNotes { write() }
        }
        if let failure = note?.failure { throw failure }
    }

    package func turnEnds() { write() }

    private func write() {
        let written = notes
        notes.removeAll(keepingCapacity: true)
        let failures = journal.append(written.map(\.record))
        for (note, failure) in zip(written, failures) {
            note.failure = failure
            note.suspension.resume()
        }
    }
}
