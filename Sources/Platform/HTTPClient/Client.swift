package import EventLoops
package import HTTPMessages

/// How a client treats connections.
package struct ClientSettings: Hashable, Sendable {
    /// Idle connections kept for each host and port.
    package var idleConnections = 128
    /// The longest response head, in bytes.
    package var maximumHeaderBytes = 128 * 1024
    /// A file of certificate authorities in PEM, in place of the system's.
    package var certificateAuthorityFile: String?

    package init() {}
}

/// Sends requests on one event loop: plain http to addresses natively, everything else through libcurl.
///
/// Redirects are not followed and nothing is sent twice: whether to try again is the caller's decision.
package final class Client {
    private let loop: EventLoop
    private let plain: PlainTransport
    private let curl: CurlTransport
    /// Heads that were sent before: a gateway has few.
    private var heads: [RequestHead] = []

    package init(loop: EventLoop, settings: ClientSettings = ClientSettings()) {
        self.loop = loop
        plain = PlainTransport(loop: loop, settings: settings)
        curl = CurlTransport(loop: loop, settings: settings)
    }

    /// Sends a request and returns at the response's head.
    ///
    /// Cancelling the waiting task ends the transfer.
    package func send(_ request: consuming ClientRequest) async throws(ClientError) -> ClientResponse {
        let head = try head(of: request)
        if Task.isCancelled { throw .cancelled }
        let transfer = Transfer(request, loop: loop)
        if let address = head.destination.plainAddress {
            plain.start(transfer, head, at: address)
        } else {
            curl.start(transfer)
        }
        try await transfer.head()
        return ClientResponse(transfer)
    }

    private func head(of request: ClientRequest) throws(ClientError) -> RequestHead {
        for head in heads where head.isHead(of: request) { return head }
        let head = try RequestHead(of: request)
        if heads.count == 64 { heads = [] }
        heads.append(head)
        return head
    }
}

/// A response whose body is read piece by piece.
///
/// What nobody reads is not taken from the socket; a response that is let go before its end is cancelled.
package struct ClientResponse: ~Copyable {
    private let transfer: Transfer

    package var status: Int { transfer.status }
    package var fields: HTTPFields { transfer.fields }

    init(_ transfer: Transfer) {
        self.transfer = transfer
    }

    deinit {
        transfer.abort(.cancelled)
    }

    /// The next piece of the body, or nil at its end.
    package func next() async throws(ClientError) -> [UInt8]? {
        try await transfer.next()
    }

    /// The whole body.
    ///
    /// - Throws: ``ClientError/tooLarge`` if it has more than `limit` bytes; the transfer is then cancelled.
    package func collect(limit: Int) async throws(ClientError) -> [UInt8] {
        var body: [UInt8] = []
        while let more = try await transfer.next() {
            if body.isEmpty { body = more } else { body.append(contentsOf: more) }
            guard body.count <= limit else {
                transfer.abort(.tooLarge)
                throw .tooLarge
            }
            if transfer.isTaken { break }
        }
        return body
    }

    /// Ends the transfer.
    package func cancel() {
        transfer.abort(.cancelled)
    }
}
