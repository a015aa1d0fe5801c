internal import Synchronization

extension Service {
    /// A service that is one long-running task: started, and on stop cancelled and waited for.
    package static func task(_ name: String, _ body: @escaping @Sendable () async -> Void) -> Service {
        let running = RunningTask()
        return Service(name, start: { running.start(body) }, stop: { await running.stop() })
    }
}

private final class RunningTask: Sendable {
    private let task = Mutex<Task<Void, Never>?>(nil)

    func start(_ body: @escaping @Sendable () async -> Void) {
        task.withLock { $0 = Task { await body() } }
    }

    func stop() async {
        let task = task.withLock { $0 }
        task?.cancel()
        await task?.value
    }
}
