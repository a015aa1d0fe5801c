package import HTTPMessages

/// Answers requests; one instance for each event loop, never shared between loops.
package protocol RequestHandler: AnyObject {
    /// Answers one request by one whole response or one stream.
    ///
    /// Runs on the loop. Its task is cancelled when the client is gone; it may still finish its bookkeeping then.
    func respond(to request: HTTPRequest, with writer: ResponseWriter) async
}

/// The client left, or was cut off, before the response was complete.
package struct ClientGone: Error, Equatable {
    package init() {}
}
