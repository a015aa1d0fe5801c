package import Telemetry

/// Why a process could not begin its work.
package enum LifecycleError: Error {
    /// That service did not start; those before it were stopped again.
    case start(service: String, cause: any Error)
}

/// Starts services in order and ends them in reverse order.
package struct ServiceGroup: Sendable {
    private let services: [Service]
    private let grace: Duration
    private let log: Log

    /// Creates a group that gives its services `grace` in all to drain, and as long again to stop.
    package init(_ services: [Service], grace: Duration, log: Log) {
        self.services = services
        self.grace = grace
        self.log = log
    }

    /// Runs the services until `shutdown` returns; true if all ended within the grace.
    package func run(until shutdown: @Sendable () async -> Void) async throws(LifecycleError) -> Bool {
        var started: [Service] = []
        for service in services {
            do {
                try await service.start()
            } catch {
                _ = await end(started)
                throw .start(service: service.name, cause: error)
            }
            started.append(service)
            log.debug("service started", ["service": .text(service.name)])
        }
        await shutdown()
        log.info("shutting down", ["grace_us": .microseconds(grace)])
        return await end(started)
    }

    private func end(_ started: [Service]) async -> Bool {
        let isDrained = await each(started, "service did not drain in time") { $0.drain }
        let isStopped = await each(started, "service did not stop in time") { $0.stop }
        return isDrained && isStopped
    }

    private func each(
        _ started: [Service], _ complaint: StaticString, _ phase: (Service) -> @Sendable () async -> Void
    ) async -> Bool {
        let deadline = ContinuousClock.now + grace
        var isInTime = true
        for service in started.reversed() {
            if await finishes(phase(service), by: deadline) { continue }
            log.warning(complaint, ["service": .text(service.name)])
            isInTime = false
        }
        return isInTime
    }

    /// Whether the work ends by the deadline; else it is cancelled and no longer waited for, which a task group cannot.
    private func finishes(
        _ work: @escaping @Sendable () async -> Void, by deadline: ContinuousClock.Instant
    ) async -> Bool {
        let (results, result) = AsyncStream<Bool>.makeStream()
        let worker = Task {
            await work()
            result.yield(true)
        }
        let alarm = Task {
            try? await Task.sleep(until: deadline)
            result.yield(false)
        }
        defer {
            worker.cancel()
            alarm.cancel()
        }
        // A task of its own: when the caller's task is cancelled the iteration would end without an answer.
        return await Task { await results.first { _ in true } ?? false }.value
    }
}
