internal import CCurl

extension ClientError {
    /// What a code of libcurl's (libcurl-errors(3)) means, given how far the transfer had come.
    init(_ code: CURLcode, text: String, isSent: Bool, hasHead: Bool) {
        switch code {
        case CURLE_URL_MALFORMAT:
            self = .badURL(text)
        case CURLE_UNSUPPORTED_PROTOCOL:
            // Also what an answer that does not begin as HTTP/1 is called.
            self = isSent ? .malformedResponse : .badURL(text)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            self = .resolve
        case CURLE_COULDNT_CONNECT, CURLE_PROXY:
            self = .connect
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CRL_BADFILE:
            self = .tls(text)
        case CURLE_OPERATION_TIMEDOUT:
            self = .timeout(isSent ? .total : .connect)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
            self = .malformedResponse
        case CURLE_OUT_OF_MEMORY where isSent && !hasHead:
            // What a field beyond libcurl's own limit (100 kB) is called.
            self = .tooLarge
        default:
            self = isSent ? .closed(hasHead ? .afterHead : .beforeHead) : .connect
        }
    }
}
