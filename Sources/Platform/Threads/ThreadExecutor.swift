internal import Synchronization

/// Runs the jobs of one actor, or of one task, on a thread of their own, so that calls which block hold up nobody else.
///
/// The thread ends after the executor's last reference is gone.
package final class ThreadExecutor: SerialExecutor, TaskExecutor {
    private let queue = Queue()

    /// Starts the thread; `name` is shown by ps and top.
    package init(name: String) {
        let queue = queue
        ServiceThread(name: name) { queue.run() }.detach()
    }

    deinit {
        queue.stop()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedSerialExecutor()
        let taskExecutor = unsafe asUnownedTaskExecutor()
        queue.add { unsafe job.runSynchronously(isolatedTo: executor, taskExecutor: taskExecutor) }
    }

    /// Outlives the executor, whose last reference may go within a job.
    private final class Queue: Sendable {
        private struct State {
            var jobs: [@Sendable () -> Void] = []
            var isStopped = false
        }

        private let state = Mutex(State())
        private let bell = Doorbell()

        func add(_ job: @escaping @Sendable () -> Void) {
            state.withLock { $0.jobs.append(job) }
            bell.ring()
        }

        func stop() {
            state.withLock { $0.isStopped = true }
            bell.ring()
        }

        func run() {
            while true {
                let (jobs, isStopped) = state.withLock { state in
                    defer { state.jobs = [] }
                    return (state.jobs, state.isStopped)
                }
                for job in jobs { job() }
                if !jobs.isEmpty { continue }
                if isStopped { return }
                bell.wait()
            }
        }
    }
}
