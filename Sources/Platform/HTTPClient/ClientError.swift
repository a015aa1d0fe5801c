/// Why a request got no whole response.
package enum ClientError: Error, Hashable, Sendable {
    /// What a request was waiting for when its time ran out; see ``ClientTimeouts``.
    package enum Phase: Hashable, Sendable { case connect, firstByte, idle, total }

    /// How far the response had come when the connection ended.
    package enum Progress: Hashable, Sendable { case beforeHead, afterHead }

    /// Not an absolute `http` or `https` URL; the remedy is in the text.
    case badURL(String)
    /// The host has no address.
    case resolve
    /// No address of the host took the connection.
    case connect
    /// The peer's certificate or handshake failed, for this reason.
    case tls(String)
    case timeout(Phase)
    case closed(Progress)
    /// What came is not HTTP.
    case malformedResponse
    /// The head or the collected body is over its limit.
    case tooLarge
    /// The waiting task, or the response, was cancelled.
    case cancelled
}
