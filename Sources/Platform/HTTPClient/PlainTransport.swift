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

    private func takeIdle(_ authority: String) -> PlainConnection? {
        idle[authority]?.popLast()
    }

    private static func head(of request: ClientRequest, to destination: Destination) -> [UInt8] {
        var head: [UInt8] = []
        head.reserveCapacity(512 + request.body.count)
        head.append(contentsOf: request.method.utf8)
        head.append(UInt8(ascii: " "))
        head.append(contentsOf: destination.target.utf8)
        head.append(contentsOf: " HTTP/1.1\r\nHost: ".utf8)
        head.append(contentsOf: destination.authority.utf8)
        for field in request.fields.all where isSendable(field) {
            head.append(contentsOf: "\r\n".utf8)
            head.append(contentsOf: field.name.utf8)
            head.append(contentsOf: ": ".utf8)
            head.append(contentsOf: field.value.utf8)
        }
        if !request.body.isEmpty || request.method == "POST" || request.method == "PUT" {
            head.append(contentsOf: "\r\nContent-Length: ".utf8)
            head.append(contentsOf: String(request.body.count).utf8)
        }
        head.append(contentsOf: "\r\n\r\n".utf8)
        head.append(contentsOf: request.body)
        return head
    }

    /// A field that would break out of its line is never sent (RFC 9110, section 5.5).
    private static func isSendable(_ field: HTTPFields.Field) -> Bool {
        !field.name.isEmpty && field.name.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: ":") && $0 < 0x7F }
            && field.value.utf8.allSatisfy { $0 != 13 && $0 != 10 && $0 != 0 }
    }
}
