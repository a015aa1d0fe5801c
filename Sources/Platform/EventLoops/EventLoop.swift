internal import CLinux
internal import Glibc
internal import Synchronization

/// One thread with one epoll set, a job queue and timers; a task executor.
///
/// Everything that lives on a loop is touched on its thread only, without locks. Code that starts there stays there:
/// tasks made by ``spawn(_:)``, or by `Task(executorPreference: loop)`, resume on the loop after every `await`. It is no
/// serial executor: a task that runs as an actor's job would go through the queue at each return from an async function.
///
/// `@unchecked Sendable`: all mutable state but the inbox is reached from the loop's own thread, which is checked.
@safe
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// When this turn of the loop began; advances between callbacks of the kernel, not within one.
    package private(set) var now = LoopInstant.current
    /// How often the loop has asked what is ready and was told of all of it; counted before the handlers are called.
    ///
    /// A descriptor that was watched before the last time, and whose handler was not called since, was not ready then.
    package private(set) var polls = 0
    /// Scratch space for one read, shared by all that lives on the loop: what is wanted later has to be copied.
    package let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)

    /// Jobs that other threads brought, and whether the loop shall end.
    private struct Inbox {
        var jobs: [UnownedJob] = []
        var isStopping = false
        var stopWaiters: [CheckedContinuation<Void, Never>] = []
        var hasEnded = false
    }

    private let poller: Poller
    private let inbox = Mutex(Inbox())
    private let thread = Atomic<UInt>(0)
    private var jobs: [UnownedJob] = []
    private var batch: [UnownedJob] = []
    private var timers = TimerQueue()
    private var turnEnders: [any TurnEndHandler] = []
    private var endingTurn: [any TurnEndHandler] = []

    /// So many sends wait for each other at the most: the first shall not wait for long.
    private static let mostTurnEnders = 16

    /// Starts the loop's thread under that name.
    ///
    /// - Throws: when the process has no descriptor left for it.
    package init(name: String = "loop") throws(EventLoopError) {
        poller = try Poller()
        startThread(named: name) { self.run() }
    }

    deinit {
        unsafe readBuffer.deallocate()
    }

    /// Whether the caller runs on the loop's thread.
    package var isOnLoop: Bool { pthread_self() == thread.load(ordering: .relaxed) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isOnLoop {
            jobs.append(job)
            return
        }
        let isFirst = inbox.withLock { inbox in
            inbox.jobs.append(job)
            return inbox.jobs.count == 1
        }
        if isFirst { poller.wake() }
    }

    private func checkIsOnLoop() {
        precondition(isOnLoop, "called off the event loop that owns this state")
    }

    // MARK: What lives on the loop

    /// Starts a task that runs on the loop.
    ///
    /// To be called on the loop; the body may use what lives there.
    @discardableResult
    package func spawn(_ body: @escaping () async -> Void) -> Task<Void, Never> {
        checkIsOnLoop()
        nonisolated(unsafe) let body = body
        return Task(executorPreference: self) { await unsafe body() }
    }

    /// Runs the body on the loop; to be called from anywhere else.
    package func run<Value: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let task = Task<Result<Value, Failure>, Never>(executorPreference: self) {
            do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
        }
        return try await task.value.get()
    }

    /// Tells the handler, which is kept until the descriptor is unwatched, when the descriptor is ready.
    ///
    /// Watching again replaces interest and handler, and costs nothing when nothing changes.
    package func watch(_ descriptor: Int32, for interest: Readiness, handler: any DescriptorHandler) {
        checkIsOnLoop()
        poller.watch(descriptor, for: interest, handler: handler)
    }

    /// Forgets the descriptor; to be called before it is closed.
    package func unwatch(_ descriptor: Int32) {
        checkIsOnLoop()
        poller.unwatch(descriptor)
    }

    /// Calls the action on the loop once, not before that time has passed.
    @discardableResult
    package func schedule(after delay: Duration, _ action: @escaping () -> Void) -> TimerToken {
        schedule(at: now.advanced(by: delay), action)
    }

    /// Calls the action on the loop once, not before that time.
    @discardableResult
    package func schedule(at due: LoopInstant, _ action: @escaping () -> Void) -> TimerToken {
        checkIsOnLoop()
        return timers.add(due: due, action)
    }

    /// Forgets the timer; without effect when it has fired.
    package func cancel(_ timer: TimerToken) {
        checkIsOnLoop()
        timers.cancel(timer)
    }

    /// Calls the handler, once for each call of this, when the jobs that are ready have run and before the loop waits.
    ///
    /// What is sent then leaves together, and a peer on another core is woken once for all of it: waking costs more than
    /// sending. Redis does so in `beforeSleep`.
    package func callAtTurnEnd(_ handler: any TurnEndHandler) {
        checkIsOnLoop()
        turnEnders.append(handler)
    }

    // MARK: The turn of the loop

    /// Ends the thread once the jobs that are ready have run, and returns when it has ended.
    ///
    /// Nothing may be left that needs the loop: a task that would resume on it later never does. Not to be called on
    /// the loop itself.
    package func stop() async {
        precondition(!isOnLoop, "a loop cannot wait for its own end")
        await withCheckedContinuation { waiter in
            let hasEnded = inbox.withLock { inbox in
                inbox.isStopping = true
                if !inbox.hasEnded { inbox.stopWaiters.append(waiter) }
                return inbox.hasEnded
            }
            if hasEnded { waiter.resume() } else { poller.wake() }
        }
    }

    private func run() {
        thread.store(pthread_self(), ordering: .relaxed)
        var isStopping = false
        while !isStopping {
            now = .current
            while let action = timers.popDue(at: now) { action() }
            runJobs()
            endTurn()
            let wasWoken = poller.poll(milliseconds: pollTimeout()) { isAll in
                now = .current
                if isAll { polls += 1 }
            }
            if wasWoken { isStopping = takeInbox() }
        }
        while !jobs.isEmpty {
            runJobs()
            endTurn()
        }
        let waiters = inbox.withLock { inbox in
            inbox.hasEnded = true
            return inbox.stopWaiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Runs what is ready and what that makes ready, for some rounds: descriptors and timers shall not starve.
    private func runJobs() {
        let executor = unsafe asUnownedTaskExecutor()
        var rounds = 0
        while !jobs.isEmpty, rounds < 64 {
            swap(&jobs, &batch)
            for job in batch {
                unsafe job.runSynchronously(on: executor)
                if turnEnders.count >= Self.mostTurnEnders { endTurn() }
            }
            batch.removeAll(keepingCapacity: true)
            rounds += 1
            // Whom that lets go on runs in the same turn.
            if jobs.isEmpty { endTurn() }
        }
    }

    private func endTurn() {
        if turnEnders.isEmpty { return }
        swap(&turnEnders, &endingTurn)
        for handler in endingTurn { handler.turnEnds() }
        endingTurn.removeAll(keepingCapacity: true)
    }

    /// Milliseconds until the next timer, rounded up; -1 when there is none.
    private func pollTimeout() -> Int32 {
        if !jobs.isEmpty { return 0 }
        guard let due = timers.nextDue else { return -1 }
        let current = LoopInstant.current
        guard due > current else { return 0 }
        return Int32(min((due.nanoseconds - current.nanoseconds + 999_999) / 1_000_000, 3_600_000))
    }

    private func takeInbox() -> Bool {
        inbox.withLock { inbox in
            jobs.append(contentsOf: inbox.jobs)
            inbox.jobs.removeAll(keepingCapacity: true)
            return inbox.isStopping
        }
    }
}
