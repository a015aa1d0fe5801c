package import HTTPMessages

/// What a client may take of the server: sizes in bytes, times as durations.
package struct ListenerSettings: Sendable {
    /// Open connections over all loops; further ones are answered with 503 and closed.
    package var maximumConnections = 10_000
    /// Names and values of all fields together (431).
    package var maximumHeaderBytes = 32 * 1024
    /// Fields of a header (431).
    package var maximumFields = 100
    /// Length of the request target (414).
    package var maximumTargetBytes = 8 * 1024
    /// Size of a body, declared or chunked (413).
    package var maximumBodyBytes = 32 * 1024 * 1024
    /// Bytes of pipelined requests that are held while one is answered; more stay in the kernel.
    package var maximumPipelinedBytes = 64 * 1024
    /// Requests on one connection, after which it is closed.
    package var maximumRequests = 1_000_000
    /// Unsent bytes of a response above which ``ResponseWriter/write(_:)`` waits.
    package var highWaterMark = 256 * 1024
    /// From a request's first byte, or from accepting the connection, to the end of its header (408).
    package var headerTimeout: Duration = .seconds(10)
    /// From the end of the header to the end of the body (408).
    package var bodyTimeout: Duration = .seconds(60)
    /// Between two requests (close).
    package var idleTimeout: Duration = .seconds(75)
    /// Without the client taking a byte of what waits to be sent (close).
    package var writeTimeout: Duration = .seconds(30)
    /// For the client to read the last response and close, before the server does.
    package var lingerTimeout: Duration = .seconds(2)
    /// For handlers to finish their bookkeeping after a drain has cut their clients off.
    package var cutOffTimeout: Duration = .seconds(2)
    /// The kernel's queue of connections that wait to be accepted (listen(2)).
    package var backlog: Int32 = 1024
    /// Answers a fault in a format that clients of this target understand; the target is empty when it is not known.
    package var makeError: @Sendable (_ fault: RequestFault, _ target: String) -> HTTPResponse = { fault, _ in
        HTTPResponse(
            status: fault.status, fields: HTTPFields(["Content-Type": "text/plain; charset=utf-8"]),
            body: Array((fault.message + "\n").utf8))
    }

    package init() {}
}
