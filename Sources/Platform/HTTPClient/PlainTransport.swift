internal import EventLoops
internal import HTTPMessages

/// HTTP/1.1 without TLS over kept connections.
final class PlainTransport {
    private let loop: EventLoop
    private let settings: ClientSettings
    /// Kept connections of each host and port, searched one by one: a gateway has few providers.
    private var idle: [(authority: String, connections: [PlainConnection])] = []

    init(loop: EventLoop, settings: ClientSettings) {
        self.loop = loop
        self.settings = settings
    }

    deinit {
        guard !idle.isEmpty else { return }
        nonisolated(unsafe) let closeAll = { [idle] in
            for host in idle { for connection in host.connections { connection.close() } }
        }
        if loop.isOnLoop {
            unsafe closeAll()
        } else {
            Task(executorPreference: loop) { unsafe closeAll() }
        }
    }

    func start(_ transfer: Transfer, _ head: RequestHead, at address: SocketAddress) {
        let connection: PlainConnection
        if let kept = takeIdle(head.destination.authority) {
            connection = kept
        } else if let fresh = PlainConnection(
            to: address, authority: head.destination.authority, loop: loop, settings: settings, pool: self)
        {
            connection = fresh
        } else {
            transfer.fail(.connect)
            return
        }
        connection.begin(transfer, head)
    }

    /// Takes back a connection that may serve again.
    func keep(_ connection: PlainConnection) {
        guard let place = place(of: connection.authority) else {
            return idle.append((connection.authority, [connection]))
        }
        guard idle[place].connections.count < settings.idleConnections else { return connection.close() }
        idle[place].connections.append(connection)
    }

    /// Forgets a kept connection that the peer has closed.
    func drop(_ connection: PlainConnection) {
        guard let place = place(of: connection.authority) else { return }
        idle[place].connections.removeAll { $0 === connection }
    }

    /// The connection used last: it is the least likely to be closed by the peer.
    ///
    /// One that was put away in this turn comes after those of earlier turns: the kernel has to be asked whether it is fit.
    private func takeIdle(_ authority: String) -> PlainConnection? {
        guard let place = place(of: authority) else { return nil }
        if let known = idle[place].connections.lastIndex(where: \.isKnownFit) {
            return idle[place].connections.remove(at: known)
        }
        while let connection = idle[place].connections.popLast() {
            if connection.isFit { return connection }
            connection.close()
        }
        return nil
    }

    private func place(of authority: String) -> Int? { idle.firstIndex { $0.authority == authority } }
}
