internal import CLinux
internal import EventLoops
internal import Glibc
internal import Synchronization

/// How many connections are open over all loops.
final class ConnectionCount: Sendable {
    private let value = Atomic<Int>(0)

    /// Adds a number and returns the sum.
    func add(_ number: Int) -> Int { value.add(number, ordering: .relaxed).newValue }
}

/// Accepts connections on one loop and keeps them until they end.
///
/// `@unchecked Sendable`: it is handed to its loop once and touched only there.
final class ConnectionOwner: DescriptorHandler, @unchecked Sendable {
    let loop: EventLoop
    let settings: ListenerSettings
    let handler: any RequestHandler
    var date = HTTPDate()

    private let count: ConnectionCount
    private var listener: Int32
    private var connections: [ObjectIdentifier: Connection] = [:]
    private var emptyWaiters: [Suspension] = []

    init(
        listener: Int32, loop: EventLoop, settings: ListenerSettings, count: ConnectionCount,
        handler: any RequestHandler
    ) {
        self.listener = listener
        self.loop = loop
        self.settings = settings
        self.count = count
        self.handler = handler
        loop.watch(listener, for: .read, handler: self)
    }

    func ready(_ descriptor: Int32, _ readiness: Readiness) {
        for _ in 0..<64 {
            var peer = sockaddr_storage()
            let socket = unsafe clinux_accept(listener, &peer)
            if socket < 0 { return pauseIfExhausted() }
            accept(socket, isFromLoopback: ListeningSocket.isLoopback(peer))
        }
    }

    private func accept(_ socket: Int32, isFromLoopback: Bool) {
        ListeningSocket.set(TCP_NODELAY, of: socket, level: Int32(IPPROTO_TCP))
        let connection = Connection(socket: socket, isFromLoopback: isFromLoopback, owner: self)
        connections[ObjectIdentifier(connection)] = connection
        let open = count.add(1)
        if open <= settings.maximumConnections {
            connection.start()
        } else if open <= settings.maximumConnections + 64 {
            connection.refuse(.tooManyConnections)
        } else {
            connection.close()
        }
    }

    /// Without a free descriptor a connection stays in the queue and epoll would tell of it for ever.
    private func pauseIfExhausted() {
        guard errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS else { return }
        loop.unwatch(listener)
        loop.schedule(after: .milliseconds(100)) { [self] in
            if listener >= 0 { loop.watch(listener, for: .read, handler: self) }
        }
    }

    /// Called when a connection is closed and its task has ended.
    func remove(_ connection: Connection, _ socket: Int32) {
        guard connection.isClosed, connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        _ = count.add(-1)
        guard connections.isEmpty else { return }
        let waiters = emptyWaiters
        emptyWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    /// Stops accepting, waits for what is in flight, then cuts off what is left and lets its handlers clean up.
    func drain(grace: Duration) async {
        if listener >= 0 {
            ready(listener, .read)
            loop.unwatch(listener)
            close(listener)
            listener = -1
        }
        for connection in connections.values { connection.drain() }
        await waitUntilEmpty(atMost: grace)
        for connection in connections.values { connection.close() }
        await waitUntilEmpty(atMost: settings.cutOffTimeout)
    }

    private func waitUntilEmpty(atMost limit: Duration) async {
        if connections.isEmpty { return }
        var isLate = false
        let timer = loop.schedule(after: limit) { [self] in
            isLate = true
            let waiters = emptyWaiters
            emptyWaiters = []
            for waiter in waiters { waiter.resume() }
        }
        await Suspension.suspend(while: { !connections.isEmpty && !isLate }) { emptyWaiters.append($0) }
        loop.cancel(timer)
    }
}
