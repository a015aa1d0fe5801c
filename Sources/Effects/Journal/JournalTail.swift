package import Dialogue
internal import Files
internal import JSON
package import Ledger

/// What the journal of a data folder holds that a store has not taken yet; read beside a running gateway, never written.
package struct JournalTail: Sendable {
    /// Ended exchanges by id.
    package private(set) var exchanges: [ExchangeID: ExchangeRecord] = [:]
    /// Evidence about answers, and comparisons.
    package private(set) var outcomes: [OutcomeRecord] = []
    package private(set) var pairs: [PairRecord] = []
    /// Calls that have begun and whose exchange has not ended, or never will after a crash.
    package private(set) var open = OpenIntents()

    /// Reads the journal from where the store is; what the store has taken meanwhile may be in it.
    ///
    /// - Throws: if a segment cannot be read.
    package init(data folder: String, after position: JournalPosition?) throws(JournalError) {
        let journal = JournalFolder(data: folder)
        let parser = JSONParser()
        for segment in try journal.segments() {
            var at = JournalPosition(segment: segment, offset: 0)
            while true {
                let batch: JournalBatch
                do throws(JournalError) {
                    batch = try journal.read(from: at, with: parser)
                } catch {
                    // Drained and deleted since the list was made.
                    if case .system(let reason) = error, reason.isMissing { break }
                    throw error
                }
                let isNew = position.map { at >= $0 || batch.next > $0 } ?? true
                for entry in batch.entries {
                    open.note(entry, in: segment)
                    if isNew { note(entry) }
                }
                at = batch.next
                if batch.isAtEnd { break }
            }
        }
    }

    private mutating func note(_ entry: JournalEntry) {
        switch entry {
        case .intent: break
        case .exchange(let exchange): exchanges[exchange.id] = exchange
        case .outcome(let outcome): outcomes.append(outcome)
        case .pair(let pair): pairs.append(pair)
        }
    }
}
