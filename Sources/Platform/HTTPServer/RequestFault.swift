/// Why the server itself answers a request, or refuses a connection.
package enum RequestFault: Hashable, Sendable {
    /// The bytes are no HTTP/1.1 request; the reason never quotes them.
    case malformed(reason: String)
    /// The header or the body did not arrive in time.
    case timedOut
    case bodyTooLarge(limit: Int)
    case targetTooLong(limit: Int)
    case headerTooLarge(limit: Int)
    case tooManyFields(limit: Int)
    /// A method or transfer coding that the server does not speak.
    case unsupported(reason: String)
    /// The cap of open connections is reached.
    case tooManyConnections
    /// The handler returned without an answer.
    case unanswered

    /// The status to answer with (RFC 9110, section 15; RFC 6585 for 431).
    package var status: Int {
        switch self {
        case .malformed: 400
        case .timedOut: 408
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .headerTooLarge, .tooManyFields: 431
        case .unanswered: 500
        case .unsupported: 501
        case .tooManyConnections: 503
        }
    }

    /// One line for the client.
    package var message: String {
        switch self {
        case .malformed(let reason): "malformed request: \(reason)"
        case .timedOut: "the request did not arrive in time"
        case .bodyTooLarge(let limit): "the body is larger than \(limit) bytes"
        case .targetTooLong(let limit): "the request target is longer than \(limit) bytes"
        case .headerTooLarge(let limit): "the header is larger than \(limit) bytes"
        case .tooManyFields(let limit): "the header has more than \(limit) fields"
        case .unsupported(let reason): reason
        case .tooManyConnections: "too many connections, try again later"
        case .unanswered: "the request was not answered"
        }
    }
}
