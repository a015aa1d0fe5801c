package import HTTPMessages

/// Where a handler puts its answer: either one whole response, or the head and pieces of a stream.
///
/// Bound to the loop.
package final class ResponseWriter {
    private enum State {
        case unanswered
        case streaming
        case finished
    }

    private let connection: Connection
    private let framing: Framing
    private var state = State.unanswered

    init(connection: Connection) {
        self.connection = connection
        framing = connection.streamFraming
    }

    /// Whether the client has left, or was cut off.
    package var isGone: Bool { connection.isClosed }

    /// Whether the head of a response has been given.
    package var hasBegun: Bool { state != .unanswered }

    /// Answers with a whole response, which leaves in one piece.
    package func send(_ response: HTTPResponse) async {
        precondition(state == .unanswered, "a request has one response")
        state = .finished
        connection.send(response)
    }

    /// Starts a stream; the head leaves with the first bytes, or with the end.
    package func begin(status: Int, fields: HTTPFields) {
        precondition(state == .unanswered, "a request has one response")
        state = .streaming
        connection.beginStream(status: status, fields: fields, framing: framing)
    }

    /// Sends bytes of a stream, and waits while more than the high-water mark is unsent.
    ///
    /// - Throws: when the client is gone.
    package func write(_ bytes: [UInt8]) async throws(ClientGone) {
        precondition(state == .streaming, "a stream is written between begin and finish")
        connection.write(bytes, framing: framing)
        await connection.waitUntilUnsent(atMost: connection.settings.highWaterMark)
        if connection.isClosed { throw ClientGone() }
    }

    /// Sends bytes of a stream that may as well be left out: where a slow client has not taken what came before they are.
    package func remark(_ bytes: [UInt8]) {
        guard state == .streaming, !connection.isClosed, connection.hasRoom else { return }
        connection.write(bytes, framing: framing)
    }

    /// Ends the stream.
    package func finish() async {
        guard state == .streaming else { return }
        state = .finished
        connection.endStream(framing: framing)
    }

    /// Called when the handler has returned: answers for it if it did not, cuts off a stream that has no end.
    func conclude() {
        switch state {
        case .unanswered: connection.answer(.unanswered)
        case .streaming: connection.cutOff()
        case .finished: break
        }
        state = .finished
    }
}
