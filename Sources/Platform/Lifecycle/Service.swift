internal import Synchronization

/// A part of the process that is started, drained and stopped.
package struct Service: Sendable {
    /// What log lines call it.
    package let name: String
    let start: @Sendable () async throws -> Void
    let drain: @Sendable () async -> Void
    let stop: @Sendable () async -> Void

    /// Creates a service of what to do in each phase.
    ///
    /// - Parameters:
    ///   - name: What log lines call it.
    ///   - start: Returns once the service is ready for those that start after it.
    ///   - drain: Takes no new work and returns when what is in flight has ended; cancelled when the grace period ends.
    ///   - stop: Gives back what is held; called once, also when draining took too long.
    package init(
        _ name: String, start: @escaping @Sendable () async throws -> Void = {},
        drain: @escaping @Sendable () async -> Void = {}, stop: @escaping @Sendable () async -> Void = {}
    ) {
        self.name = name
        self.start = start
        self.drain = drain
        self.stop = stop
    }
}

extension Service {
    /// A service that is one long-running task: begun by start, cancelled and awaited by stop.
    ///
    /// It goes on while the others drain. The body should return soon after its task is cancelled, and may return
    /// before.
    package static func task(_ name: String, body: @escaping @Sendable () async -> Void) -> Service {
        let running = RunningTask()
        return Service(
            name, start: { running.task.withLock { $0 = Task { await body() } } },
            stop: {
                let task = running.task.withLock { $0 }
                task?.cancel()
                await task?.value
            })
    }
}

/// The task of a service, between its start and its stop.
private final class RunningTask: Sendable {
    let task = Mutex<Task<Void, Never>?>(nil)
}
