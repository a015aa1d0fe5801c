internal import Glibc
internal import Synchronization

/// A thread of its own for work that blocks or computes for long: databases, password hashes, model inference.
///
/// An actor that returns it as its `unownedExecutor` runs there, one job at a time, in order. Swift's executors cannot
/// refuse a job, so the bound is kept by asking: who can be asked to come back later checks ``isFull`` before calling.
///
/// `@unchecked Sendable`: the queue is guarded by the mutex of the condition it belongs to.
@safe
package final class BlockingExecutor: SerialExecutor, TaskExecutor, @unchecked Sendable {
    /// How many jobs may wait before ``isFull`` says so.
    package let capacity: Int

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let thread = Atomic<UInt>(0)
    private let pending = Atomic<Int>(0)
    private var queue: [UnownedJob] = []
    private var isStopping = false

    /// Starts the thread under that name (15 bytes of it are kept).
    package init(name: String, capacity: Int = 1024) {
        self.capacity = capacity
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
        startThread(named: name) { self.run() }
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Jobs that wait or run.
    package var waiting: Int { pending.load(ordering: .relaxed) }

    /// Whether new work should be refused for now.
    package var isFull: Bool { waiting >= capacity }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        withLock {
            pending.add(1, ordering: .relaxed)
            queue.append(job)
            unsafe pthread_cond_signal(condition)
        }
    }

    package func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "called off the thread that owns this state")
    }

    package func isIsolatingCurrentContext() -> Bool? {
        pthread_self() == thread.load(ordering: .relaxed)
    }

    /// Lets the thread end once its queue is empty.
    ///
    /// A job that comes later never runs.
    package func stop() {
        withLock {
            isStopping = true
            unsafe pthread_cond_signal(condition)
        }
    }

    private func run() {
        thread.store(pthread_self(), ordering: .relaxed)
        let serial = unsafe asUnownedSerialExecutor()
        let task = unsafe asUnownedTaskExecutor()
        var batch: [UnownedJob] = []
        while true {
            withLock {
                while queue.isEmpty, !isStopping { unsafe pthread_cond_wait(condition, mutex) }
                swap(&queue, &batch)
            }
            if batch.isEmpty { return }
            for job in batch {
                unsafe job.runSynchronously(isolatedTo: serial, taskExecutor: task)
                pending.subtract(1, ordering: .relaxed)
            }
            batch.removeAll(keepingCapacity: true)
        }
    }

    private func withLock(_ body: () -> Void) {
        unsafe pthread_mutex_lock(mutex)
        body()
        unsafe pthread_mutex_unlock(mutex)
    }
}
