/// How long to wait for a provider.
package struct UpstreamTimeouts: Hashable, Sendable {
    /// For the connection, with TLS.
    package var connect: Duration = .seconds(10)
    /// From the request to the first byte of its answer.
    package var firstByte: Duration = .seconds(120)
    /// Between two reads of an answer.
    package var idle: Duration = .seconds(60)
    /// For an exchange as a whole, with every attempt.
    package var total: Duration = .seconds(600)

    package init() {}
}

/// How long to wait for a client.
package struct ListenerTimeouts: Hashable, Sendable {
    /// From a request's first byte to the end of its header.
    package var header: Duration = .seconds(10)
    /// From the end of the header to the end of the body.
    package var body: Duration = .seconds(60)
    /// Between two requests on a connection.
    package var idle: Duration = .seconds(75)
    /// Without the client taking a byte of what waits to be sent.
    package var write: Duration = .seconds(30)

    package init() {}
}
