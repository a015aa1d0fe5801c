internal import Files
internal import Ledger
internal import Synchronization
internal import Telemetry
internal import Threads

/// The segment being written and the sync behind it: what a journal shares with its thread.
final class JournalLog: Sendable {
    private struct Waiter {
        let id: UInt64
        let position: JournalPosition
        let continuation: CheckedContinuation<Result<Void, JournalError>, Never>
    }

    private struct State {
        var file: AppendFile
        var appended: JournalPosition
        var synced: JournalPosition
        /// Full segments that are not synced yet, with their lengths.
        var retired: [(file: AppendFile, length: Int)] = []
        var hasNewSegment = true
        /// About thirteen megabytes at most.
        var recent = RecentEntries(limit: 16384)
        var failure: JournalError?
        var waiters: [Waiter] = []
        var lastWaiter: UInt64 = 0
        var isClosed = false
    }

    let firstSegment: Int64
    private let folder: JournalFolder
    private let settings: JournalSettings
    private let state: Mutex<State>
    private let bell = Doorbell()
    private let closing = Doorbell()

    init(_ folder: JournalFolder, after last: Int64?, settings: JournalSettings) throws(JournalError) {
        self.folder = folder
        self.settings = settings
        firstSegment = Self.number(after: last)
        let start = JournalPosition(segment: firstSegment, offset: 0)
        let file = try Self.create(firstSegment, in: folder, settings)
        state = Mutex(State(file: file, appended: start, synced: start))
    }

    /// Numbers are moments, so that a journal begun anew never reuses the number of a segment that a store has seen.
    private static func number(after last: Int64?) -> Int64 {
        max(WallClock.microseconds, (last ?? 0) + 1)
    }

    private static func create(
        _ segment: Int64, in folder: JournalFolder, _ settings: JournalSettings
    ) throws(JournalError) -> AppendFile {
        do {
            let path = folder.folder.path(of: JournalFolder.name(of: segment))
            return try AppendFile(creating: path, reserve: settings.segmentBytes + settings.reserveBytes)
        } catch {
            throw .system(error)
        }
    }

    var appended: JournalPosition { state.withLock { $0.appended } }
    var syncedPosition: JournalPosition { state.withLock { $0.synced } }
    var failure: JournalError? { state.withLock { $0.failure } }

    /// Writes records with one call; says why those at some places were not written.
    func append(_ lines: borrowing JournalLines) -> [Int: JournalError] {
        let (failures, wasClean) = state.withLock { state in
            let wasClean = state.appended == state.synced
            let full = makeRoom(&state)
            var failures: [Int: JournalError] = [:]
            for (place, record) in lines.records.enumerated() {
                if record.place.count > JournalLine.limit {
                    failures[place] = .recordTooLarge(record.place.count)
                } else if state.isClosed {
                    failures[place] = .closed
                } else if let full, !record.mayUseReserve {
                    failures[place] = full
                }
            }
            if let error = write(lines, without: failures, &state) {
                for place in lines.records.indices where failures[place] == nil { failures[place] = error }
            }
            return (failures, wasClean)
        }
        if wasClean { bell.ring() }
        return failures
    }

    /// Begins a new segment if this one is full; says why it could not.
    private func makeRoom(_ state: inout State) -> JournalError? {
        guard state.appended.offset >= settings.segmentBytes, !state.isClosed else { return nil }
        do throws(JournalError) {
            try rotate(&state)
            return nil
        } catch {
            state.failure = error
            bell.ring()
            return error
        }
    }

    private func write(
        _ lines: borrowing JournalLines, without left: [Int: JournalError], _ state: inout State
    ) -> JournalError? {
        if left.count == lines.records.count { return nil }
        do throws(SystemError) {
            try lines.withText(without: left) { text throws(SystemError) in
                try state.file.append(text, at: state.appended.offset)
            }
        } catch {
            state.failure = .system(error)
            // The thread may sleep for want of work: it is what tries for room until there is some.
            bell.ring()
            return .system(error)
        }
        for (place, record) in lines.records.enumerated() where left[place] == nil {
            let start = state.appended
            state.appended.offset += record.place.count
            state.recent.append(record.entry, from: start, to: state.appended.offset)
        }
        return nil
    }

    /// What was appended between two positions, if it is all in memory still; each record is given once.
    func takeRecent(from position: JournalPosition, upTo end: JournalPosition) -> JournalBatch? {
        state.withLock { $0.recent.take(from: position, upTo: end) }
    }

    private func rotate(_ state: inout State) throws(JournalError) {
        let next = Self.number(after: state.appended.segment)
        let file = try Self.create(next, in: folder, settings)
        state.retired.append((state.file, state.appended.offset))
        state.file = file
        state.appended = JournalPosition(segment: next, offset: 0)
        state.hasNewSegment = true
        state.failure = nil
    }

    func close() {
        state.withLock { $0.isClosed = true }
        bell.ring()
        closing.ring()
    }

    /// Syncs until the journal is closed, once more then; while appending fails it tries for room twice a second.
    func keepSynced() {
        while true {
            let (isClosed, isClean, isFailing) = state.withLock {
                ($0.isClosed, $0.appended == $0.synced && $0.retired.isEmpty, $0.failure != nil)
            }
            if isClean && !isClosed {
                bell.wait(milliseconds: isFailing ? 500 : nil)
            }
            if isFailing && !isClosed { recover() }
            sync()
            if isClosed { return end() }
            // Appends ring while this waits; heeding them would sync without a pause. Whoever waits for syncs gets them
            // as fast as the disk gives them.
            if !settings.waitsForSync { closing.wait(milliseconds: isFailing ? 500 : settings.syncInterval) }
        }
    }

    private func recover() {
        state.withLock { state in
            do throws(JournalError) { try rotate(&state) } catch { state.failure = error }
        }
    }

    private func sync() {
        let (file, target, retired, hasNewSegment) = state.withLock { state in
            (state.file, state.appended, state.retired, state.hasNewSegment)
        }
        do {
            for (file, length) in retired {
                try file.truncate(to: length)
                try file.sync()
            }
            if hasNewSegment { try folder.folder.sync() }
            try file.sync()
        } catch {
            return fail(.system(error))
        }
        let reached = state.withLock { state in
            state.synced = target
            state.retired.removeFirst(retired.count)
            if state.appended.segment == target.segment { state.hasNewSegment = false }
            let reached = state.waiters.filter { $0.position <= target }
            state.waiters.removeAll { $0.position <= target }
            return reached
        }
        for waiter in reached { waiter.continuation.resume(returning: .success(())) }
    }

    /// Whoever waits is told at once: after a failed sync the kernel may drop what it could not write.
    private func fail(_ error: JournalError) {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            state.failure = error
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: .failure(error)) }
    }

    private func end() {
        let (waiters, file, length) = state.withLock { state in
            defer { state.waiters = [] }
            return (state.waiters, state.file, state.appended.offset)
        }
        _ = try? file.truncate(to: length)
        for waiter in waiters { waiter.continuation.resume(returning: .failure(.closed)) }
    }

    func synced(reaching position: JournalPosition) async throws(JournalError) {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        try await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let result: Result<Void, JournalError>? = state.withLock { state in
                    if state.synced >= position || Task.isCancelled { return .success(()) }
                    if state.isClosed { return .failure(.closed) }
                    state.waiters.append(Waiter(id: id, position: position, continuation: continuation))
                    return nil
                }
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: .success(()))
        }.get()
    }
}

extension JournalFolder {
    func checkVersion(of segment: Int64) throws(JournalError) {
        let path = folder.path(of: Self.name(of: segment))
        let head: [UInt8]
        do { head = try InputFile(path).read(32, at: 0) } catch { throw .system(error) }
        guard let version = JournalLine.version(of: head[...]), version > JournalLine.version else { return }
        throw .laterVersion(segment: path, version: version)
    }
}
