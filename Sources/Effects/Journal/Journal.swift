internal import Files
internal import Glibc
internal import JSON
package import Ledger
internal import Threads

/// The local record of what is about to happen and what has happened, which outlives a crash.
///
/// Each append is one `write` (of one record, or of a loop's turn: ``JournalTurn``), callable from any thread, and safe from kill -9 when it returns. A thread of the
/// journal's own syncs what was appended every twenty milliseconds: that much a loss of power can cost.
package final class Journal: Sendable {
    package let settings: JournalSettings
    /// Where the segments lie.
    package let folder: JournalFolder
    /// The first segment of this run; those before it are of earlier runs.
    package let firstSegment: Int64
    private let claim: FileLock
    private let log: JournalLog
    private let thread: ServiceThread

    /// Opens the journal of a data folder, which is created if it is missing and belongs to this process from now on.
    ///
    /// - Throws: if another process has it, its records are of a later release, or it cannot be written.
    package static func open(folder: String, settings: JournalSettings = .init()) throws(JournalError) -> Journal {
        let journal = JournalFolder(data: folder)
        let claim: FileLock
        do {
            try journal.folder.create()
            guard let lock = try FileLock("\(folder)/lock") else {
                throw JournalError.inUse(folder: folder, process: FileLock.holder(of: "\(folder)/lock"))
            }
            claim = lock
        } catch let error as SystemError {
            throw .system(error)
        } catch let error as JournalError {
            throw error
        } catch {
            throw .closed
        }
        let present = try journal.segments()
        for segment in present { try journal.checkVersion(of: segment) }
        let log = try JournalLog(journal, after: present.last, settings: settings)
        return Journal(settings, journal, claim, log)
    }

    private init(_ settings: JournalSettings, _ folder: JournalFolder, _ claim: FileLock, _ log: JournalLog) {
        self.settings = settings
        self.folder = folder
        self.claim = claim
        self.log = log
        firstSegment = log.firstSegment
        thread = ServiceThread(name: "journal") { log.keepSynced() }
    }

    deinit {
        log.close()
        thread.join()
    }

    /// Notes an upstream call before it begins.
    ///
    /// - Throws: if it cannot be kept; then the call must not be made.
    package func append(_ intent: AttemptIntent) throws(JournalError) {
        try append(.intent(intent), mayUseReserve: false)
    }

    /// Notes an exchange before the last bytes of its response leave, once.
    ///
    /// - Throws: if it cannot be kept; its cost then stands as the intents estimated it.
    package func append(_ exchange: ExchangeRecord) throws(JournalError) {
        try append(.exchange(exchange), mayUseReserve: true)
    }

    /// Notes evidence about an answer.
    ///
    /// - Throws: if it cannot be kept; whoever brought it is to be told.
    package func append(_ outcome: OutcomeRecord) throws(JournalError) {
        try append(.outcome(outcome), mayUseReserve: false)
    }

    /// Notes how answers compare.
    ///
    /// - Throws: if it cannot be kept; it is as if they had not been compared then.
    package func append(_ pair: PairRecord) throws(JournalError) {
        try append(.pair(pair), mayUseReserve: false)
    }

    private func append(_ entry: JournalEntry, mayUseReserve: Bool) throws(JournalError) {
        var lines = JournalLines()
        lines.append(entry, mayUseReserve: mayUseReserve)
        if let failure = log.append(lines)[0] { throw failure }
    }

    /// Notes records with one `write`; says why those at some places could not be kept.
    func append(_ lines: borrowing JournalLines) -> [Int: JournalError] { log.append(lines) }

    /// Returns when all that was appended before survives a loss of power.
    ///
    /// - Throws: if the disk refused it.
    package func synced() async throws(JournalError) {
        try await log.synced(reaching: log.appended)
    }

    /// Why the last append or sync failed, or nil while all is well; new requests are to be refused until it is nil.
    package var failure: JournalError? { log.failure }

    /// The records of one segment from a position on, from memory where they are there still, else read.
    func batch(
        from position: JournalPosition, upTo end: JournalPosition, with parser: JSONParser
    ) throws(JournalError) -> JournalBatch {
        if let recent = log.takeRecent(from: position, upTo: end) { return recent }
        let lastByte = position.segment == end.segment ? end.offset : nil
        return try folder.read(from: position, upTo: lastByte, with: parser)
    }

    /// The end of what was written.
    package var appendedPosition: JournalPosition { log.appended }

    /// The end of what is on the disk for sure.
    package var syncedPosition: JournalPosition { log.syncedPosition }

    /// Returns when something after `position` is synced, or the task is cancelled.
    package func synced(beyond position: JournalPosition) async throws(JournalError) {
        try await log.synced(reaching: JournalPosition(segment: position.segment, offset: position.offset + 1))
    }
}
