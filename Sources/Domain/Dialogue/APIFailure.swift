/// A failure as a client of either API is told of it.
///
/// `message` is written for the client: it names the remedy, and never holds a key or another caller's text.
package struct APIFailure: Error, Hashable, Sendable {
    /// What went wrong, in the words both formats share.
    package enum Kind: String, Sendable {
        case invalidRequest, authentication, permission, notFound, requestTooLarge, rateLimited, quotaExceeded
        case upstream, overloaded, timeout, internalError
    }

    package var kind: Kind
    /// The HTTP status.
    package var status: Int
    package var message: String
    /// The request field at fault, such as `messages[0].content`.
    package var parameter: String?
    /// A short machine-readable code, such as `model_not_found`.
    package var code: String?
    /// Seconds after which to try again, if the provider or the gateway says.
    package var retryAfter: Double?

    package init(
        _ kind: Kind, status: Int, message: String, parameter: String? = nil, code: String? = nil,
        retryAfter: Double? = nil
    ) {
        self.kind = kind
        self.status = status
        self.message = message
        self.parameter = parameter
        self.code = code
        self.retryAfter = retryAfter
    }
}
