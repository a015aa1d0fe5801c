internal import EventLoops
internal import HTTPMessages

/// HTTP/1.1 without TLS over kept connections.
final class PlainTransport {
    private let loop: EventLoop
    private let settings: ClientSettings
    private var idle: [String: [PlainConnection]] = [:]

    init(loop: EventLoop, settings: ClientSettings) {
        self.loop = loop
        self.settings = settings
    }

    deinit {
        guard !idle.isEmpty else { return }
        nonisolated(unsafe) let closeAll = { [idle] in
            for connections in idle.values { for connection in connections { connection.close() } }
        }
        if loop.isOnLoop {
            unsafe closeAll()
        } else {
            Task(executorPreference: loop) { unsafe closeAll() }
        }
    }

    func start(_ transfer: Transfer, to destination: Destination, at address: SocketAddress) {
        let connection: PlainConnection
        if let kept = takeIdle(destination.authority) {
            connection = kept
        } else if let fresh = PlainConnection(
            to: address, authority: destination.authority, loop: loop, settings: settings, pool: self)
        {
            connection = fresh
        } else {
            transfer.fail(.connect)
            return
        }
        connection.begin(transfer, head: Self.head(of: transfer.request, to: destination))
    }

    /// Takes back a connection that may serve again.
    func keep(_ connection: PlainConnection) {
        guard idle[connection.authority, default: []].count < settings.idleConnections else {
            return connection.close()
        }
        idle[connection.authority, default: []].append(connection)
    }

    /// Forgets a kept connection that the peer has closed.
    func drop(_ connection: PlainConnection) {
        idle[connection.authority]?.removeAll { $0 === connection }
    }

    /// The connection used last: it is the least likely to be closed by the peer.
    private func takeIdle(_ authority: String) -> PlainConnection? {
        while let connection = idle[authority]?.popLast() {
            if connection.isFit { return connection }
            connection.close()
        }
        return nil
    }

    private static func head(of request: ClientRequest, to destination: Destination) -> [UInt8] {
        var head: [UInt8] = []
        head.reserveCapacity(512 + request.body.count)
        head.append(text: request.method)
        head.append(text: " ")
        head.append(text: destination.target)
        head.append(text: " HTTP/1.1\r\nHost: ")
        head.append(text: destination.authority)
        for field in request.sentFields { head.append(fieldLine: field.name, field.value) }
        if request.sendsLength {
            head.append(text: "\r\nContent-Length: ")
            head.append(text: String(request.body.count))
        }
        head.append(text: "\r\n\r\n")
        head.append(contentsOf: request.body)
        return head
    }
}
